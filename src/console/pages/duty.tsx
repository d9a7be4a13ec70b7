import { useState } from 'react';
import { calendarFaultWords } from '../../contract/failure-words.js';
import { count, fr } from '../../contract/french-typography.js';
import type { CalendarLine, OnCallNow, OnCallWeeks } from '../../contract/on-call.js';
import { concernWords } from '../../contract/on-call-words.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { post, sentenceOf, useMe } from '../api.js';
import { Frame } from '../frame/frame.js';
import { Button } from '../ui/button.js';
import { Confirm } from '../ui/dialog.js';
import { Icon } from '../ui/icons.js';
import { Notice, useToasts } from '../ui/notice.js';
import { useListing, useReading } from './accounts/use-listing.js';
import { CalendarCard } from './duty/calendar-card.js';
import { CalendarForm } from './duty/calendar-form.js';
import { WeeksPicture } from './duty/weeks-picture.js';
import { WhoNow } from './duty/who-now.js';
import { housePages } from './house-pages.js';
import './pieces.css';
import './duty.css';

/** Who is on call tonight, what is missing in the weeks ahead, and the calendars that say so. */
export function Duty() {
  const me = useMe();
  const now = useReading<OnCallNow>('/api/on-call');
  const weeks = useReading<OnCallWeeks>('/api/on-call/weeks');
  const calendars = useListing<CalendarLine>('/api/calendars');
  const [edited, setEdited] = useState<CalendarLine | 'new'>();
  const [removed, setRemoved] = useState<CalendarLine>();
  const [refused, setRefused] = useState<string>();
  const say = useToasts();
  if (!me) return null;
  const zone = me.house.timeZone;
  const mayWrite = mayAdminister(me.rights, 'add-calendar');
  const reload = () => {
    now.reload();
    weeks.reload();
    calendars.reload();
  };
  const fault = now.fault ?? weeks.fault ?? calendars.fault;
  const isEmpty = calendars.lines?.length === 0;
  const concerns = weeks.lines?.functions.flatMap(({ function: code, concerns: found }) => found.map((one) => ({ ...one, code }))).sort((x, y) => x.from - y.from) ?? [];
  return (
    <Frame title="Astreinte" nav={housePages(me, '/astreinte')}>
      <main className="page">
        <div className="spread">
          <h2>{fr("Qui est d'astreinte maintenant")}</h2>
          {mayWrite && <Button kind="primary" onPress={() => setEdited('new')}>Ajouter un calendrier</Button>}
        </div>
        {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
        {isEmpty && (
          <div className="table-empty">
            <p><b>{fr("Aucun calendrier d'astreinte.")}</b></p>
            <p>{fr("Ajoutez celui de l'agent d'astreinte (AA) : par l'adresse ICS de l'agenda partagé, ou un fichier .ics. La console dira alors qui appeler cette nuit, et les nuits où personne n'est prévu.")}</p>
          </div>
        )}
        {now.lines && !isEmpty && <WhoNow functions={now.lines.functions} zone={zone} />}
        {weeks.lines && !isEmpty && (
          <section className="stack" aria-labelledby="duty-concerns">
            <h2 id="duty-concerns">{concerns.length === 0 ? fr('Aucun trou, aucun doublon') : fr(`${count(concerns.length, 'point')} à régler avant la nuit`)}</h2>
            {concerns.length > 0 && (
              <ul className="duty-concerns panel">
                {concerns.map((one) => <li key={`${one.code} ${one.kind} ${one.from}`}><span className={one.kind === 'gap' ? 'over' : 'watch'}><Icon shape={one.kind === 'gap' ? 'missed' : 'warn'} size={16} /></span><span>{concernWords(one, one.code, zone)}</span></li>)}
              </ul>
            )}
            {weeks.lines.faults.map((one) => <p key={one.calendar} className="over">{fr(`« ${one.name} » n'a pas pu être relu : ${calendarFaultWords(one.fault)}.`)}</p>)}
          </section>
        )}
        {weeks.lines && !isEmpty && <WeeksPicture weeks={weeks.lines} zone={zone} />}
        {calendars.lines && calendars.lines.length > 0 && (
          <section className="stack" aria-labelledby="duty-calendars">
            <h2 id="duty-calendars">{count(calendars.lines.length, 'calendrier')}</h2>
            <div className="duty-calendars">
              {calendars.lines.map((line) => <CalendarCard key={line.id} line={line} zone={zone} mayWrite={mayWrite} onEdit={() => setEdited(line)} onRemove={() => setRemoved(line)} onDone={reload} />)}
            </div>
            <p className="help">{fr(`Pour voir ces astreintes dans votre propre agenda, abonnez-le à l'adresse ${location.origin}/api/on-call.ics?function=AA&key=… suivie d'un jeton « lire qui est d'astreinte », que donne un administrateur à la page Comptes. Sans « function », l'agenda les montre toutes.`)}</p>
          </section>
        )}
      </main>
      {edited && (
        <CalendarForm
          line={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)}
          onDone={() => {
            setEdited(undefined);
            say(fr(edited === 'new' ? 'Calendrier ajouté.' : 'Calendrier modifié.'));
            reload();
          }}
        />
      )}
      <Confirm
        isOpen={removed !== undefined} onClose={() => setRemoved(undefined)} danger title={fr(`Retirer « ${removed?.name ?? ''} » ?`)} action="Retirer ce calendrier"
        onConfirm={async () => {
          setRefused(undefined);
          try {
            await post(`/api/calendars/${removed!.id}/remove`, {});
          } catch (error) {
            setRefused(sentenceOf(error));
            throw error;
          }
          reload();
        }}
      >
        <p>{fr("Ses astreintes ne comptent plus, et son adresse est oubliée. L'agenda lui-même ne change pas.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </Frame>
  );
}

import { calendarAdvice, calendarFaultWords } from '../../../contract/failure-words.js';
import { functionNames } from '../../../contract/french.js';
import { age, dayTime } from '../../../contract/french-times.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { CalendarLine } from '../../../contract/on-call.js';
import { coversWords, ignoredWords, unknownWords } from '../../../contract/on-call-words.js';
import { post } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { useAccess } from '../access/use-access.js';

interface Props {
  line: CalendarLine;
  zone: string;
  mayWrite: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onDone: () => void;
}

/** One calendar: where it comes from, how old it is, and what in it nobody could follow. */
export function CalendarCard({ line, zone, mayWrite, onEdit, onRemove, onDone }: Props) {
  const { attempt, pending, fault } = useAccess();
  const again = () => attempt(async () => {
    // An address has twenty seconds to answer.
    await post(`/api/calendars/${line.id}/fetch`, {}, { timeoutMs: 25_000 });
    onDone();
  });
  const title = `calendar-${line.id}`;
  const old = line.contentAt === null ? fr('rien encore') : fr(`il y a ${age(Math.max(0, serverClock.wall() - line.contentAt))}`);
  return (
    <article className="panel stack" aria-labelledby={title}>
      <div className="spread">
        <h3 id={title}>{line.name}</h3>
        {line.fault ? <Badge tone="over">{line.contentAt === null ? 'Illisible' : 'Pas relu'}</Badge> : line.contentAt === null ? <Badge tone="watch">En attente</Badge> : <Badge tone="ok">À jour</Badge>}
      </div>
      {line.fault && (
        <Notice kind="error" announce={false} title={fr(`${capital(calendarFaultWords(line.fault))}.`)}>
          {fr(`${line.contentAt === null ? 'Rien de lui ne compte encore.' : `Ce qui avait été lu le ${dayTime(line.contentAt, zone)} compte toujours.`} Nouvel essai toutes les 10 minutes. ${calendarAdvice(line.fault)}`)}
        </Notice>
      )}
      <dl className="facts">
        <div><dt>Fonction</dt><dd>{line.function}, {functionNames[line.function]}</dd></div>
        <div><dt>Vient de</dt><dd>{line.host ?? 'un fichier'}</dd></div>
        <div><dt>{line.host === null ? 'Déposé' : 'Confirmé'}</dt><dd>{old}</dd></div>
        <div><dt>Il faut quelqu’un</dt><dd>{coversWords[line.covers]}</dd></div>
        <div><dt>À venir</dt><dd>{count(line.ahead, 'astreinte')}</dd></div>
      </dl>
      {line.unknown.length > 0 && (
        <Notice kind="watch" announce={false} title={fr(`${count(line.unknown.length, 'nom')} à rapprocher de l'annuaire.`)}>
          <ul>{line.unknown.map(({ written, why }) => <li key={written}>{fr(`« ${written || '(sans titre)'} » : ${unknownWords[why]}`)}</li>)}</ul>
        </Notice>
      )}
      {line.ignored.length > 0 && (
        <Notice kind="watch" announce={false} title={fr(`${count(line.ignored.length, 'événement')} à corriger dans le calendrier : ${line.ignored.length < 2 ? 'il ne compte' : 'ils ne comptent'} pas.`)}>
          <ul>{line.ignored.map(({ summary, why }, i) => <li key={i}>{fr(`« ${summary || '(sans titre)'} » : ${ignoredWords[why]}`)}</li>)}</ul>
        </Notice>
      )}
      {fault && <Notice kind="error" title={fault} />}
      {mayWrite && (
        <div className="row">
          {line.host !== null && <Button size="small" isPending={pending} onPress={() => void again()} aria-label={fr(`Relire maintenant ${line.name}`)}>Relire maintenant</Button>}
          <Button size="small" onPress={onEdit} aria-label={fr(`Modifier ${line.name}`)}>Modifier</Button>
          <Button size="small" kind="danger-outline" onPress={onRemove} aria-label={fr(`Retirer ${line.name}`)}>Retirer</Button>
        </div>
      )}
    </article>
  );
}

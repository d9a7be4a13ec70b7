import { useEffect, useState } from 'react';
import { callOutcomes, roleNames } from '../../../contract/french.js';
import { clockMinute } from '../../../contract/french-times.js';
import { capital, count, fr, listed } from '../../../contract/french-typography.js';
import type { PersonLine, Revealed } from '../../../contract/directory.js';
import type { CallOutcome } from '../../../domain/events.js';
import { CIRCLES, type Dialled } from '../../../domain/outreach/targets.js';
import { communeState } from '../../../domain/outreach/coverage.js';
import { queue, type Waiting } from '../../../domain/outreach/queue.js';
import { mayIssue } from '../../../domain/rights.js';
import { MINUTE, toInstant } from '../../../domain/time.js';
import { get, post, sentenceOf } from '../../api.js';
import { timeInside, useNow } from '../../live.js';
import { useCommuneNames } from '../../orders/communes.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { UNKNOWN, usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { TextArea } from '../../ui/fields.js';
import { Icon } from '../../ui/icons.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';
import { Script } from './script.js';

const SHOWN = 12;
/** Three that end a telephone call at night, then the rarer ones. */
const OUTCOMES: readonly CallOutcome[] = ['acknowledged', 'no-answer', 'call-again', 'wrong-number', 'refused', 'relayed'];
const AGAIN_IN_MINUTES = [5, 10, 20] as const;

/** P09: whom to call now, one agent at a time; the script, the numbers, and large buttons for what came of it. */
export function Queue({ board, me }: HourProps) {
  const { activation } = board;
  const now = useNow(activation);
  const giving = useOrder(activation);
  const name = useCommuneNames();
  const person = usePeople();
  const may = mayIssue(me.rights, 'claim-call', activation.lane) && activation.life === 'running';
  if (!activation.outreach.circles[1]) return <section className="queue"><h2>Appels directs</h2><p className="dim">{fr("La file s'ouvre quand le périmètre est arrêté.")}</p></section>;
  const waiting = queue(activation, now);
  const mine = waiting.find(({ claim }) => claim?.by === me.account);
  const free = waiting.filter(({ claim }) => claim === undefined);
  const next = free[0];
  return (
    <section className="queue" aria-label="Appels directs">
      <h2>Appels directs <span className="dim">{count(waiting.length, 'commune')}</span></h2>
      {waiting.length === 0 && <NobodyLeft board={board} />}
      {mine ? <MyCall key={mine.claim!.person} board={board} waiting={{ ...mine, target: activation.outreach.targets[mine.claim!.person] ?? mine.target }} /> : may && next && (
        <div className="next-call">
          <p><b>{name(next.target.commune)}</b><span className="dim">{fr(`${capital(roleNames[next.target.role])}, cercle ${next.circle}`)}</span></p>
          <Button kind="primary" size="large" wide icon={<Icon shape="phone" size={20} />} isPending={giving.pending} onPress={() => void giving.give('claim-call', { person: next.target.person })}>
            {fr(`Prendre cet appel${next.target.attempts.length > 0 ? ` (essai ${next.target.attempts.length + 1})` : ''}`)}
          </Button>
        </div>
      )}
      <FaultNotice giving={giving} />
      {waiting.length > 0 && (
        <Disclosure title="La suite" detail={count(waiting.length - (mine ? 1 : 0), 'commune')} startsOpen>
          <ul className="queue-list">
            {waiting.filter((one) => one !== mine).slice(0, SHOWN).map((one) => (
              <li key={one.commune}>
                <span><b>{name(one.commune)}</b> <span className="dim">{nameOf(person(one.target.person).name)}{roleNames[one.target.role]}</span></span>
                <span className="dim">
                  {one.claim ? fr(`appelée par ${person(one.claim.by).name}`) : one.notBefore !== undefined ? fr(`à rappeler à ${clockMinute(one.notBefore, activation.timeZone)}`) : one.target.attempts.length > 0 ? fr(count(one.target.attempts.length, 'essai')) : ''}
                </span>
                {may && !one.claim && !mine && <Button size="small" kind="tertiary" isDisabled={giving.pending} onPress={() => void giving.give('claim-call', { person: one.target.person })}>Prendre<span className="hidden">{` l’appel de ${name(one.commune)}`}</span></Button>}
              </li>
            ))}
          </ul>
          {waiting.length > SHOWN && <p className="dim">{fr(`et ${waiting.length - SHOWN} autres`)}</p>}
        </Disclosure>
      )}
    </section>
  );
}

/** The queue is empty: because all were reached, or because the directory knows nobody else. */
function NobodyLeft({ board: { activation: { outreach } } }: Pick<HourProps, 'board'>) {
  const name = useCommuneNames();
  const left = CIRCLES.flatMap((circle) => outreach.circles[circle]?.communes ?? []).filter((code) => communeState(outreach, code) !== 'acknowledged');
  if (left.length === 0) return <Notice kind="ok" announce={false} title={fr('Toutes les communes ont acquitté.')} />;
  return (
    <Notice kind="watch" announce={false} title={fr(`L'annuaire ne connaît plus personne à appeler. ${count(left.length, "commune n'a", "communes n'ont")} pas acquitté.`)}>
      {fr(`${listed(left.slice(0, 8).map(name))}${left.length > 8 ? ` et ${left.length - 8} autres` : ''} : cherchez un numéro, ajoutez-le à l'annuaire, puis arrêtez de nouveau le périmètre.`)}
    </Notice>
  );
}

const nameOf = (name: string) => (name === UNKNOWN ? '' : `${name}, `);

/** The call that I took: whom, which numbers, what to say, what came of it. */
function MyCall({ board, waiting }: Pick<HourProps, 'board'> & { waiting: Waiting }) {
  const { activation } = board;
  const { target, circle } = waiting;
  const giving = useOrder(activation);
  const name = useCommuneNames();
  const person = usePeople();
  const [note, setNote] = useState('');
  const [dialled, setDialled] = useState<Dialled>();
  const record = async (outcome: CallOutcome, againIn?: number) => {
    const again = againIn === undefined ? {} : { again: toInstant(timeInside(activation) + againIn * MINUTE) };
    if (await giving.give('record-direct-call', { person: target.person, outcome, ...(dialled ? { dialled } : {}), ...(note.trim() === '' ? {} : { note: note.trim() }), ...again })) setNote('');
  };
  const [asksWhen, setAsksWhen] = useState(false);
  const known = person(target.person).name;
  const who = known === UNKNOWN ? 'Personne effacée' : known;
  return (
    <div className="my-call" role="group" aria-label={fr(`Votre appel : ${name(target.commune)}`)}>
      <p className="my-call-who"><b>{who}</b><span>{fr(`${capital(roleNames[target.role])}, ${name(target.commune)}, cercle ${circle}`)}</span></p>
      <Numbers exercise={activation.lane === 'exercise'} person={target.person} version={target.version} onDial={setDialled} />
      <Script board={board} role={target.role} commune={name(target.commune)} />
      <div className="call-outcomes" role="group" aria-label={fr("Résultat de l'appel")}>
        {OUTCOMES.map((outcome) => (
          <Button key={outcome} kind={outcome === 'acknowledged' ? 'primary' : 'secondary'} size={outcome === 'acknowledged' ? 'large' : 'normal'} isDisabled={giving.pending} onPress={() => (outcome === 'call-again' ? setAsksWhen(!asksWhen) : void record(outcome))}>{capital(callOutcomes[outcome])}</Button>
        ))}
      </div>
      {asksWhen && (
        <div className="row" role="group" aria-label="Rappeler dans">
          <span>Rappeler dans</span>
          {AGAIN_IN_MINUTES.map((minutes) => <Button key={minutes} isDisabled={giving.pending} onPress={() => void record('call-again', minutes)}>{fr(`${minutes} min`)}</Button>)}
        </div>
      )}
      <TextArea label="Ce qui a été dit (facultatif)" value={note} onChange={setNote} rows={2} />
      <FaultNotice giving={giving} />
      <Button kind="tertiary" isDisabled={giving.pending} onPress={() => void giving.give('release-call', { person: target.person })}>{fr("Rendre l'appel à la file")}</Button>
    </div>
  );
}

/** Each number is shown whole to whoever took the call, and that is logged. In an exercise nobody's telephone rings. */
function Numbers({ person, version, exercise, onDial }: { person: string; version: number; exercise: boolean; onDial: (dialled: Dialled) => void }) {
  const [line, setLine] = useState<PersonLine>();
  const [numbers, setNumbers] = useState<readonly (Revealed & { contact: number })[]>([]);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let gone = false;
    const load = async () => {
      const found = await get<PersonLine>(`/api/directory/people/${person}`);
      if (gone) return;
      setLine(found);
      if (exercise) return;
      const phones = found.contacts.flatMap(({ kind }, contact) => (kind === 'phone' ? [contact] : []));
      const shown: (Revealed & { contact: number })[] = [];
      for (const contact of phones) {
        shown.push({ contact, ...(await post<Revealed>(`/api/directory/people/${person}/reveal`, { contact })) });
        if (gone) return;
        setNumbers([...shown]);
        // Until another is pressed, the first is what one dials.
        if (shown.length === 1) onDial({ version: found.version, contact });
      }
    };
    load().catch((error: unknown) => {
      if (!gone) setFault(sentenceOf(error));
    });
    return () => {
      gone = true;
    };
  }, [person, exercise]);
  if (fault) return <Notice kind="error" title={fault} />;
  if (exercise) {
    return (
      <Notice kind="watch" announce={false} title={fr("EXERCICE : n'appelez personne. Jouez l'appel et notez son résultat.")}>
        {line?.contacts.map(({ shown }) => shown).join(', ')}
      </Notice>
    );
  }
  return (
    <div className="stack-small">
      {line && line.version !== version && <p className="dim">{fr('Fiche changée depuis que le périmètre est arrêté : les numéros montrés sont les plus récents.')}</p>}
      {numbers.map(({ value, shown, contact }, i) => (
        <a key={value} className={`button ${i === 0 ? 'button-primary' : 'button-secondary'} button-large wide`} href={`tel:${value}`} onClick={() => onDial({ version: line!.version, contact })}><Icon shape="phone" size={20} /><span>{shown}</span></a>
      ))}
      {line && !line.contacts.some(({ kind }) => kind === 'phone') && <p>{fr("Pas de numéro à l'annuaire pour cette personne : passez à la suivante, ou cherchez-le.")}</p>}
    </div>
  );
}

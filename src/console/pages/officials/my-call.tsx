import { useEffect, useState } from 'react';
import { callOutcomes, roleNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { PersonLine, Revealed } from '../../../contract/directory.js';
import type { CallOutcome } from '../../../domain/events.js';
import type { Dialled } from '../../../domain/outreach/targets.js';
import type { Waiting } from '../../../domain/outreach/queue.js';
import { MINUTE, toInstant } from '../../../domain/time.js';
import { get, post, sentenceOf } from '../../api.js';
import { timeInside } from '../../live.js';
import { useCommuneNames } from '../../orders/communes.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { UNKNOWN, usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/fields.js';
import { Icon } from '../../ui/icons.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';
import { QueueWhy } from './queue-why.js';
import { Script } from './script.js';

/** Three that end a telephone call at night, then the rarer ones. */
const OUTCOMES: readonly CallOutcome[] = ['acknowledged', 'no-answer', 'call-again', 'wrong-number', 'refused', 'relayed'];
const AGAIN_IN_MINUTES = [5, 10, 20] as const;

/** The call that I took: whom, which numbers, what to say, what came of it. */
export function MyCall({ board, waiting }: Pick<HourProps, 'board'> & { waiting: Waiting }) {
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
      <QueueWhy board={board} commune={target.commune} />
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

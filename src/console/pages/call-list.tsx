import { useState } from 'react';
import { BadCallList, parseCallList, type CallLine } from '../../contract/call-list.js';
import { callOutcomes } from '../../contract/french.js';
import { clockMinute } from '../../contract/french-times.js';
import { capital, count, fr } from '../../contract/french-typography.js';
import { callTally } from '../../domain/outreach/direct-calls.js';
import type { CallOutcome } from '../../domain/events.js';
import type { Activation, Contact } from '../../domain/state.js';
import type { Board } from '../board.js';
import { useDraft } from '../orders/draft.js';
import { FaultNotice } from '../orders/order-form.js';
import { useOrder } from '../orders/use-order.js';
import { Button } from '../ui/button.js';
import { Disclosure } from '../ui/dialog.js';
import { TextArea } from '../ui/fields.js';
import { Icon } from '../ui/icons.js';
import './call-list.css';

const FAULTS: Record<BadCallList['faults'][number]['reason'], string> = {
  'fields': 'il faut au moins un nom et un numéro, séparés par « ; »', 'number': 'ce numéro ne peut pas être composé',
  'emergency': "numéro d'urgence : il ne s'appelle pas d'ici", 'empty': 'la liste est vide', 'too-many': 'la liste est trop longue : 2 000 lignes au plus',
};

/** Pasting numbers on a step: name; function or commune; number. What cannot be called is said line by line. */
export function PasteCallList({ activation, step, isFirst }: { activation: Readonly<Activation>; step: string; isFirst: boolean }) {
  const giving = useOrder(activation);
  const [list, setList] = useDraft(`${activation.id} calls ${step}`);
  const [faults, setFaults] = useState<BadCallList['faults']>([]);
  const keep = async () => {
    try {
      parseCallList(list);
    } catch (error) {
      if (!(error instanceof BadCallList)) throw error;
      return setFaults(error.faults);
    }
    setFaults([]);
    if (await giving.give('paste-call-list', { step, list })) setList('');
  };
  return (
    <div className="stack">
      <TextArea
        label={isFirst ? 'Liste à appeler' : 'Ajouter à la liste'} value={list} onChange={setList} rows={isFirst ? 5 : 3}
        placeholder={fr('Claire Maillard ; cheffe de cellule ; 06 12 34 56 78')}
        help={fr('Une personne par ligne : nom ; fonction ou commune ; numéro. Les noms et les numéros restent au coffre, hors du journal.')}
        error={faults.length > 0 ? fr(`${count(faults.length, 'ligne')} à corriger. Rien n'est enregistré, votre liste est gardée.`) : undefined}
      />
      {faults.length > 0 && (
        <ul className="faults">
          {faults.slice(0, 8).map(({ line, text, reason }) => <li key={line}>{fr(`Ligne ${line} : ${FAULTS[reason]}`)}{text && <span className="dim"> · {text}</span>}</li>)}
        </ul>
      )}
      <FaultNotice giving={giving} />
      <Button kind={isFirst ? 'primary' : 'secondary'} size={isFirst ? 'large' : 'normal'} wide isPending={giving.pending} isDisabled={list.trim() === ''} onPress={() => void keep()}>
        Garder la liste
      </Button>
    </div>
  );
}

/** Three that end a telephone call at night, then the rarer ones. */
const OUTCOMES: readonly CallOutcome[] = ['acknowledged', 'no-answer', 'call-again', 'wrong-number', 'refused', 'relayed'];

const settled = ({ calls }: Contact) => ['acknowledged', 'wrong-number', 'refused', 'relayed'].includes(calls.at(-1)?.outcome ?? '');

/** Those to call by hand, who waits first; for those who may, a link that dials and large buttons for what came of it. */
export function CallList({ board, step, may }: { board: Board; step: string; may: boolean }) {
  const contacts = board.activation.contacts[step] ?? [];
  const waiting = contacts.filter((contact) => !settled(contact)).sort((x, y) => x.calls.length - y.calls.length);
  const [chosen, setChosen] = useState<string>();
  const open = waiting.find((contact) => contact.person === chosen) ?? waiting[0];
  const tally = callTally(contacts);
  return (
    <div className="calls">
      <p className="calls-tally" role="status"><b>{fr(`${tally.acknowledged} sur ${tally.total}`)}</b> {fr(tally.acknowledged < 2 ? 'acquitté' : 'acquittés')}, {fr(`${count(tally.tried, 'appelé')}`)}</p>
      <ul className="call-list">
        {waiting.map((contact) => (may
          ? <CallCard key={contact.person} board={board} step={step} contact={contact} isOpen={contact === open} onOpen={() => setChosen(contact.person)} />
          : <CallRead key={contact.person} board={board} contact={contact} />))}
      </ul>
      {waiting.length < contacts.length && (
        <Disclosure title="Appels clos" detail={count(contacts.length - waiting.length, 'personne')} startsOpen={waiting.length === 0}>
          <ul className="call-list">
            {contacts.filter(settled).map((contact) => <CallRead key={contact.person} board={board} contact={contact} />)}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}

function CallCard({ board, step, contact, isOpen, onOpen }: { board: Board; step: string; contact: Contact; isOpen: boolean; onOpen: () => void }) {
  const giving = useOrder(board.activation);
  const line = lineOf(board, contact);
  const record = (outcome: CallOutcome) => void giving.give('record-call', { step, person: contact.person, outcome });
  return (
    <li className={`call${isOpen ? ' open' : ''}`}>
      <CallWho line={line} />
      {contact.calls.length > 0 && <p className="dim">{lastCall(contact, board.activation.timeZone)}</p>}
      {line && (
        <a className={`button ${isOpen ? 'button-primary' : 'button-secondary'} button-large wide`} href={`tel:${line.number}`} onClick={onOpen}>
          <Icon shape="phone" size={20} /><span>{spaced(line.number)}<span className="hidden">, appeler {line.name}</span></span>
        </a>
      )}
      {isOpen
        ? (
          <div className="call-outcomes" role="group" aria-label={fr(`Résultat de l'appel${line ? ` à ${line.name}` : ''}`)}>
            {OUTCOMES.map((outcome) => <Button key={outcome} isDisabled={giving.pending} onPress={() => record(outcome)}>{capital(callOutcomes[outcome])}</Button>)}
          </div>
        )
        : <Button kind="tertiary" size="small" onPress={onOpen}>Noter le résultat<span className="hidden">{line ? ` de l’appel à ${line.name}` : ''}</span></Button>}
      <FaultNotice giving={giving} />
    </li>
  );
}

/** Who, and what came of the last call: nothing to press. */
function CallRead({ board, contact }: { board: Board; contact: Contact }) {
  return (
    <li className="call">
      <CallWho line={lineOf(board, contact)} />
      {contact.calls.length > 0 && <p className="dim">{lastCall(contact, board.activation.timeZone)}</p>}
    </li>
  );
}

function CallWho({ line }: { line: CallLine | undefined | null }) {
  if (line === null) return <p><b>Personne effacée</b></p>;
  return <p className="call-who"><b>{line?.name ?? '…'}</b>{line?.role && <span className="dim">{line.role}</span>}</p>;
}

function lineOf(board: Board, contact: Contact): CallLine | undefined | null {
  const text = board.text(contact.line);
  return text === undefined || text === null ? text : (JSON.parse(text) as CallLine);
}

function lastCall({ calls }: Contact, zone: string): string {
  const last = calls.at(-1)!;
  return fr(`${capital(callOutcomes[last.outcome])} à ${clockMinute(last.at, zone)}${calls.length > 1 ? `, ${calls.length} appels` : ''}`);
}

/** "06 12 34 56 78": figures by pairs; others as they were given. */
function spaced(number: string): string {
  return /^0\d{9}$/.test(number) ? number.replace(/(\d\d)(?=\d)/g, '$1\u00a0') : number;
}

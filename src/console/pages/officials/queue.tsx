import { roleNames } from '../../../contract/french.js';
import { clockMinute } from '../../../contract/french-times.js';
import { capital, count, fr, listed } from '../../../contract/french-typography.js';
import { CIRCLES } from '../../../domain/outreach/targets.js';
import { communeState } from '../../../domain/outreach/coverage.js';
import { queue, type Waiting } from '../../../domain/outreach/queue.js';
import { mayIssue } from '../../../domain/rights.js';
import { useNow } from '../../live.js';
import { useCommuneNames } from '../../orders/communes.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { UNKNOWN, usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { Icon } from '../../ui/icons.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';
import { MyCall } from './my-call.js';
import { NumbersToCorrect } from './numbers-to-correct.js';
import { QueueWhy, hasAsked } from './queue-why.js';

const SHOWN = 12;
/** P09: whom to call now, one agent at a time; the script, the numbers, and large buttons for what came of it. */
export function Queue({ board, me }: HourProps) {
  const { activation } = board;
  const now = useNow(activation);
  const giving = useOrder(activation);
  const name = useCommuneNames();
  const person = usePeople();
  const may = mayIssue(me.rights, 'claim-call', activation.lane) && activation.life === 'running';
  if (!activation.outreach.circles[1]) return <section className="queue"><h2>Appels directs</h2><p className="dim">{fr("La file s'ouvre quand le périmètre est arrêté.")}</p></section>;
  const all = queue(activation, now);
  // Those whom the automaton still calls stand apart: a person's voice comes after it.
  const waiting = all.filter(({ automaton, claim }) => !automaton || claim !== undefined);
  const called = all.length - waiting.length;
  const mine = waiting.find(({ claim }) => claim?.by === me.account);
  const free = waiting.filter(({ claim }) => claim === undefined);
  const next = free[0];
  return (
    <section className="queue" aria-label="Appels directs">
      <h2>Appels directs <span className="dim">{count(waiting.length, 'commune')}</span></h2>
      {all.length === 0 && <NobodyLeft board={board} />}
      {waiting.length === 0 && called > 0 && <p className="dim">{fr('Personne n’attend encore une voix : l’automate appelle.')}</p>}
      {mine ? <MyCall key={mine.claim!.person} board={board} waiting={{ ...mine, target: activation.outreach.targets[mine.claim!.person] ?? mine.target }} /> : may && next && (
        <div className="next-call">
          <p><b>{name(next.target.commune)}</b><span className="dim">{fr(`${capital(roleNames[next.target.role])}, cercle ${next.circle}${hasAsked(next.target) ? ', demande à parler' : ''}`)}</span></p>
          <QueueWhy board={board} commune={next.commune} />
          <Button kind="primary" size="large" wide icon={<Icon shape="phone" size={20} />} isPending={giving.pending} onPress={() => void giving.give('claim-call', { person: next.target.person })}>
            {fr(`Prendre cet appel${next.target.attempts.length > 0 ? ` (essai ${next.target.attempts.length + 1})` : ''}`)}
          </Button>
        </div>
      )}
      <FaultNotice giving={giving} />
      {waiting.length > 0 && (
        <Disclosure title="La suite" detail={count(waiting.length - (mine ? 1 : 0), 'commune')} startsOpen>
          <ul className="queue-list">{waiting.filter((one) => one !== mine).slice(0, SHOWN).map(lineOf)}</ul>
          {waiting.length > SHOWN && <p className="dim">{fr(`et ${waiting.length - SHOWN} autres`)}</p>}
        </Disclosure>
      )}
      {called > 0 && (
        <Disclosure title={fr('Encore appelées par l’automate')} detail={count(called, 'commune')} isLazy>
          <p className="help">{fr('Elles viendront à la file s’il ne les joint pas. Prendre l’une d’elles en écarte l’automate.')}</p>
          <ul className="queue-list">{all.filter((one) => !waiting.includes(one)).slice(0, SHOWN).map(lineOf)}</ul>
          {called > SHOWN && <p className="dim">{fr(`et ${called - SHOWN} autres`)}</p>}
        </Disclosure>
      )}
      <NumbersToCorrect board={board} />
    </section>
  );

  function lineOf(one: Waiting) {
    const tries = one.target.attempts.filter(({ id, tried }) => id === undefined || tried !== undefined).length;
    return (
      <li key={one.commune}>
        <span><b>{name(one.commune)}</b> <span className="dim">{nameOf(person(one.target.person).name)}{roleNames[one.target.role]}</span></span>
        <span className="dim">
          {one.claim ? fr(`appelée par ${person(one.claim.by).name}`) : hasAsked(one.target) ? fr('demande à parler') : one.notBefore !== undefined ? fr(`à rappeler à ${clockMinute(one.notBefore, activation.timeZone)}`) : tries > 0 ? fr(count(tries, 'essai')) : ''}
        </span>
        {may && !one.claim && !mine && <Button size="small" kind="tertiary" isDisabled={giving.pending} onPress={() => void giving.give('claim-call', { person: one.target.person })}>Prendre<span className="hidden">{` l’appel de ${name(one.commune)}`}</span></Button>}
        <QueueWhy board={board} commune={one.commune} />
      </li>
    );
  }
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

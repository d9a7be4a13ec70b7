import { useState } from 'react';
import { functionNames } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { mayIssue } from '../../../domain/rights.js';
import { callIns, type CallIn } from '../../../domain/views/call-in.js';
import { useNow } from '../../live.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import type { HourProps } from '../hour/hour-props.js';
import { AnswerCallIn } from './answer-call-in.js';
import { CALL_IN_TITLES, neededWords, standsWords } from './call-in-words.js';
import { DeclareOperational } from './declare-operational.js';
import './call-in.css';

/** 47.1, 47.2, 50.2: who is being called in, who comes and when, how many are needed; and my own word, if I am one of them. */
export function CallInPanel({ board, me, isAnswered = false }: Pick<HourProps, 'board' | 'me'> & { /** My word is asked for elsewhere on the page. */ isAnswered?: boolean }) {
  const { activation } = board;
  const shown = callIns(activation);
  if (shown.length === 0) return null;
  return (
    <section className="call-ins" aria-label="Rappels">
      {!isAnswered && <AnswerCallIn board={board} me={me} />}
      {shown.map((one) => <One key={one.campaign.id} board={board} shown={one} />)}
      <Operational board={board} me={me} />
    </section>
  );
}

function One({ board: { activation }, shown }: Pick<HourProps, 'board'> & { shown: CallIn }) {
  const now = useNow(activation);
  const person = usePeople();
  const { campaign, people, isEnough } = shown;
  if (campaign.purpose === 'officials') return null;
  return (
    <Disclosure key={String(isEnough)} title={CALL_IN_TITLES[campaign.purpose]} detail={<span className={isEnough ? 'ok' : 'watch'}>{neededWords(shown)}</span>} level={2} startsOpen={!isEnough}>
      <ul className="called-in">
        {people.map((one) => {
          const { words, tone } = standsWords(one, now, activation.timeZone);
          return (
            <li key={one.person}>
              <span><b>{person(one.person).name}</b>{one.function && <span className="dim"> {functionNames[one.function]}</span>}</span>
              <a className={`bare-link ${tone}`} href={`/activations/${activation.id}?voir=entree-${one.answer?.seq ?? one.last?.seq ?? campaign.seq}`}>{words}</a>
            </li>
          );
        })}
      </ul>
    </Disclosure>
  );
}

/** P04: declared by a person, with who is there. */
export function Operational({ board, me }: Pick<HourProps, 'board' | 'me'>) {
  const { activation } = board;
  const [isAsked, setAsked] = useState(false);
  const { operational } = activation;
  const may = activation.life === 'running' && mayIssue(me.rights, 'declare-operational', activation.lane);
  return (
    <div className="operational">
      {operational && <p>{fr(`Cellule opérationnelle depuis ${clockTime(operational.at, activation.timeZone)}, ${count(operational.people.length, 'personne présente', 'personnes présentes')}.`)}</p>}
      {may && <Button size="small" onPress={() => setAsked(true)}>{fr(operational ? 'Changer qui est là…' : 'Cellule opérationnelle…')}</Button>}
      {isAsked && <DeclareOperational board={board} me={me} onClose={() => setAsked(false)} />}
    </div>
  );
}

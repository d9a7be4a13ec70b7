import type { ReactNode } from 'react';
import { duration } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { ClauseVerdict } from '../../domain/views/verdicts.js';
import { StateLabel, stateText } from '../ui/state-label.js';

/** The six that stand in large; 11.5 is among them where an important event runs without a COD. */
export const MAIN_CLAUSES: readonly string[] = ['47', '48.1', '48.3', '48.4', '48.5', '50', '11.5'];
const LARGE_AT_MOST = 6;

export interface CommitmentsProps {
  verdicts: readonly ClauseVerdict[];
  /** Opens the parts and the entries that prove a clause. */
  onOpen?: ((clause: string) => void) | undefined;
  /** Which stand in large; the others follow on one line. */
  main?: readonly string[] | undefined;
  /** Instead of the margin, what says more: "61 %, estimé 02:52". */
  notes?: Readonly<Record<string, ReactNode>> | undefined;
  /** A second line that never replaces the verdict: "attend votre visa". */
  awaiting?: readonly string[] | undefined;
  size?: 'console' | 'wall' | undefined;
}

/** What is left, or was left: never a figure without its word. */
export function marginText(shown: ClauseVerdict): [words: string, figure?: string] {
  const { verdict, margin } = shown;
  if (verdict === 'not-started') return [shown.clause.clock === 'nu' ? 'ordre non donné' : ''];
  if (verdict === 'not-demonstrable') return ['la preuve manque'];
  if (margin === undefined) return [verdict === 'held' ? 'sans échéance' : ''];
  if (verdict === 'held' || verdict === 'held-declared-afterwards') return ['marge', duration(margin)];
  if (verdict === 'outside-cause' || verdict === 'late' || verdict === 'missed' || verdict === 'not-applicable') return [''];
  if (margin < 0) return [verdict === 'overdue' ? 'de' : fr('délai passé de'), duration(margin)];
  return ['reste', duration(margin)];
}

export function Commitments({ verdicts, onOpen, main = MAIN_CLAUSES, notes = {}, awaiting = [], size = 'console' }: CommitmentsProps) {
  const large = main.flatMap((id) => verdicts.find(({ clause }) => clause.id === id) ?? []).slice(0, LARGE_AT_MOST);
  const small = verdicts.filter((shown) => !large.includes(shown));
  return (
    <section className={`commitments commitments-${size}`} aria-label="Engagements">
      <ul className="commitments-main">
        {large.map((shown) => {
          const [words, figure] = marginText(shown);
          const waits = awaiting.includes(shown.clause.id);
          return (
            <li key={shown.clause.id} className={`commitment verdict-${shown.verdict}`}>
              <Opener clause={shown.clause.id} onOpen={onOpen}>
                <span className="commitment-name"><b>{shown.clause.id}</b> <span>{fr(shown.clause.label)}</span></span><span className="hidden">, </span>
                <StateLabel word={shown.verdict} /><span className="hidden">, </span>
                {waits ? <StateLabel word="awaiting" size={14}>{size === 'wall' ? 'Attend un visa' : 'Attend votre visa'}</StateLabel>
                  : <span className="commitment-margin">{notes[shown.clause.id] ?? <>{words} {figure && <b>{figure}</b>}</>}</span>}
              </Opener>
            </li>
          );
        })}
      </ul>
      {small.length > 0 && (
        <ul className="commitments-more">
          {small.map((shown) => {
            const [words, figure] = marginText(shown);
            return (
              <li key={shown.clause.id} className={`verdict-${shown.verdict}`}>
                <Opener clause={shown.clause.id} onOpen={onOpen}>
                  <b>{shown.clause.id}</b> <span>{fr(shown.clause.label)}</span><span className="hidden">, </span>
                  <StateLabel word={shown.verdict} size={14}>{stateText(shown.verdict)}</StateLabel>
                  {figure && <span className="dim">{words} {figure}</span>}
                </Opener>
              </li>
            );
          })}
        </ul>
      )}
    </section>
  );
}

function Opener({ clause, onOpen, children }: { clause: string; onOpen: ((clause: string) => void) | undefined; children: ReactNode }) {
  if (!onOpen) return <div className="commitment-body">{children}</div>;
  return <button type="button" className="commitment-body" aria-haspopup="dialog" onClick={() => onOpen(clause)}>{children}<span className="hidden">, voir les preuves</span></button>;
}

import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Attempt, Target } from '../../../domain/state.js';
import type { Board } from '../../board.js';
import { outcomeWords, wayOfAttempt } from './campaign/campaign-words.js';

/** Each try of somebody with the entry that proves it; whole, with when it left and ended, at which provider, under which id. */
export function AttemptList({ board, target, isWhole }: { board: Board; target: Readonly<Target>; isWhole: boolean }) {
  const { activation } = board;
  const { attempts, replies = [] } = target;
  if (attempts.length === 0 && replies.length === 0) return null;
  return (
    <ul className={`attempt-list${isWhole ? ' whole' : ''}`}>
      {attempts.map((attempt, i) => <OneAttempt key={attempt.id ?? `${attempt.seq} ${i}`} board={board} target={target} attempt={attempt} isWhole={isWhole} />)}
      {replies.map(({ seq, at, words }) => (
        <li key={seq}><a className="link" href={`/activations/${activation.id}?voir=entree-${seq}`}>{fr(`réponse à ${clockTime(at, activation.timeZone)}`)}</a> {fr(`« ${board.text(words) ?? '…'} »`)}</li>
      ))}
    </ul>
  );
}

function OneAttempt({ board: { activation }, target, attempt, isWhole }: { board: Board; target: Readonly<Target>; attempt: Readonly<Attempt>; isWhole: boolean }) {
  const { timeZone: zone, campaigns } = activation;
  const time = (at: number) => clockTime(at, zone);
  const campaign = attempt.campaign === undefined ? undefined : campaigns[attempt.campaign];
  const versions = campaign?.texts.length ?? 0;
  const details = [
    attempt.tried && attempt.tried.at !== attempt.at && `parti à ${time(attempt.tried.at)}`,
    attempt.over !== undefined && attempt.over !== attempt.at && `fini à ${time(attempt.over)}`,
    versions > 1 && attempt.text !== undefined && `texte ${attempt.text} sur ${versions}`,
    attempt.account && `compte ${attempt.account}`,
    attempt.sid && `nº ${attempt.sid}`,
    attempt.code && `code ${attempt.code}`,
    `entrée ${attempt.seq}`,
  ].filter((one): one is string => typeof one === 'string');
  return (
    <li>
      {isWhole && `${wayOfAttempt(attempt, campaign?.people[target.person]?.contacts)} : `}
      <a className="link" href={`/activations/${activation.id}?voir=entree-${attempt.seq}`}>{fr(`${outcomeWords(attempt)} à ${time(attempt.at)}${isWhole || attempt.way !== 'outside' ? '' : ' (automate)'}${!isWhole && attempt.onPaper ? ' (papier)' : ''}`)}</a>
      {isWhole && <span className="dim"> {fr(details.join(', '))}</span>}
    </li>
  );
}

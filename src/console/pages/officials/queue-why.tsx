import { clockMinute } from '../../../contract/french-times.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { targetsOf } from '../../../domain/outreach/reached.js';
import type { Target } from '../../../domain/state.js';
import { useTargetNames } from '../../orders/names.js';
import type { HourProps } from '../hour/hour-props.js';

/** They pressed 2, or wrote what a person has to read: they wait for a voice now. */
export function hasAsked({ attempts }: Readonly<Target>): boolean {
  const last = attempts.findLast(({ way, outcome }) => way === 'direct' || outcome === 'call-again');
  return last?.outcome === 'call-again' && last.way !== 'direct' && last.way !== 'outside';
}

/** What somebody should know before dialling: what its people asked, wrote or refused, and which numbers lead nowhere. */
export function QueueWhy({ board, commune }: Pick<HourProps, 'board'> & { commune: string }) {
  const { activation } = board;
  const nameOf = useTargetNames(board);
  const zone = activation.timeZone;
  const lines = targetsOf(activation.outreach, commune).flatMap((target) => {
    const { person, attempts, replies = [] } = target;
    const said = attempts.flatMap((one): string[] => {
      if (one.outcome === 'call-again' && one.way === 'voice') return [`a demandé à parler à ${clockMinute(one.at, zone)} (touche 2)`];
      if (one.outcome === 'refused' && one.way === 'direct') return [`a refusé à ${clockMinute(one.at, zone)}`];
      return [];
    });
    const wrong = attempts.filter(({ outcome }) => outcome === 'invalid' || outcome === 'wrong-number').length;
    if (wrong > 0) said.push(wrong === 1 ? 'un numéro ne mène nulle part' : `${wrong} numéros ne mènent nulle part`);
    const written = replies.filter(({ meaning }) => meaning !== 'acknowledged');
    return said.length > 0 || written.length > 0 ? [{ person, said, written }] : [];
  });
  if (lines.length === 0) return null;
  return (
    <div className="queue-why">
      {lines.map(({ person, said, written }) => (
        <div key={person}>
          <span>{capital(nameOf(person))}{said.length > 0 && fr(` : ${said.join(', ')}`)}</span>
          {written.map(({ seq, at, words, meaning }) => (
            <blockquote key={seq}>{fr(`${meaning === 'stop' ? 'STOP' : 'À lire'}, ${clockMinute(at, zone)} : « ${board.text(words) ?? '…'} »`)}</blockquote>
          ))}
        </div>
      ))}
    </div>
  );
}

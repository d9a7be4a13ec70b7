import type { Order } from '../../../contract/commands.js';
import { speedWords } from '../../../contract/french.js';
import { fr } from '../../../contract/french-typography.js';
import { speedOf } from '../../../domain/clock/exercise-time.js';
import { mayIssue } from '../../../domain/rights.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from './hour-props.js';

/** What a planner turns to most; any whole number up to 60 is taken over the API. */
const SPEEDS = [1, 5, 20];

/** How fast the time of an exercise runs: everybody reads it, its planner sets it. */
export function ExerciseTime({ board: { activation }, me }: Pick<HourProps, 'board' | 'me'>) {
  const { give, pending, fault } = useOrder(activation);
  if (activation.lane !== 'exercise' || activation.life !== 'running') return null;
  const speed = speedOf(activation.segments);
  const may = mayIssue(me.rights, 'set-exercise-speed', activation.lane);
  if (!may && speed === 1) return null;
  const order = (name: 'pause-exercise' | 'resume-exercise') => () => void give(name, {});
  const set = (order: Order<'set-exercise-speed'>) => () => void give('set-exercise-speed', order);
  return (
    <section className="exercise-time" aria-label={fr("Temps de l'exercice")}>
      <p><span>{fr("Temps de l'exercice")}</span> <b>{speedWords(speed)}</b></p>
      {may && (
        <div className="exercise-speeds">
          <Button size="small" isPending={pending} onPress={order(speed === 0 ? 'resume-exercise' : 'pause-exercise')}>{speed === 0 ? 'Reprendre' : 'Pause'}</Button>
          {SPEEDS.map((one) => (
            <Button key={one} size="small" isDisabled={pending} aria-pressed={one === speed} aria-label={speedWords(one)} onPress={set({ speed: one })}>{fr(`× ${one}`)}</Button>
          ))}
        </div>
      )}
      {fault && <Notice kind="error" title={fault.sentence} />}
    </section>
  );
}

import { clockNames } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ClockId } from '../../../domain/plan/plan.js';
import { clockEnds } from '../../../domain/plan/timing.js';
import { mayIssue } from '../../../domain/rights.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { ClockVersions } from './clock-dialogs.js';
import type { HourProps } from './hour-props.js';
import { Proofs } from './proofs.js';

/** A clock: what was declared, when it was learnt, every version, and the entries that prove them. */
export function ClockPanel({ clock, onClose, ...props }: HourProps & { clock: ClockId; onClose: () => void }) {
  const { board: { activation }, me, open } = props;
  const known = activation.clocks[clock];
  const may = mayIssue(me.rights, 'correct-clock', activation.lane) && (activation.life === 'running' || activation.life === 'ended');
  return (
    <Dialog
      isOpen onClose={onClose} placement="side" title={clockNames[clock]}
      actions={known && may ? <Button onPress={() => open({ open: 'correct', clock, t0: null })}>{fr('Corriger T0…')}</Button> : undefined}
    >
      {known ? (
        <>
          <p>{fr(`Échéance ${clockTime(clockEnds(activation, clock)!, activation.timeZone)}, ${activation.plan.minutes[clock]} min après T0.`)}</p>
          <ClockVersions activation={activation} clock={clock} />
          <h3>Preuves</h3>
          <Proofs {...props} seqs={known.versions.map((version) => version.seq)} empty="" />
        </>
      ) : <p>{fr("Cette horloge n'a pas démarré.")}</p>}
    </Dialog>
  );
}

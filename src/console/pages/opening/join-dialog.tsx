import { useLocation } from 'wouter';
import type { OpenOrder } from '../../../contract/commands.js';
import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ActivationLine } from '../../../contract/live.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { kindWords, nameOf } from './lines.js';

interface Props {
  order: OpenOrder;
  real: readonly ActivationLine[];
  home: (id: string) => string;
  isPending: boolean;
  onClose: () => void;
  onOpenAnother: () => void;
}

/** Two activations for one event is the mistake of a night: joining comes first, opening another stays possible. */
export function JoinDialog({ order, real, home, isPending, onClose, onOpenAnother }: Props) {
  const [, navigate] = useLocation();
  const join = (id: string) => {
    onClose();
    navigate(home(id));
  };
  const gains = order.kind === 'cod' && real.some((line) => !line.clocks.some((clock) => clock.id === 'cod'));
  return (
    <Dialog
      isOpen onClose={onClose} title={fr(real.length === 1 ? 'Une activation réelle court déjà' : `${real.length} activations réelles courent déjà`)}
      actions={
        <>
          <Button isPending={isPending} onPress={onOpenAnother}>Ouvrir une autre activation</Button>
          {real.length === 1 && <Button kind="primary" onPress={() => join(real[0]!.id)}>{fr(`Rejoindre « ${nameOf(real[0]!)} »`)}</Button>}
        </>
      }
    >
      {real.map((line) => (
        <div key={line.id} className="spread">
          <span><b>{nameOf(line)}</b> · {kindWords[line.kind]}{line.clocks[0] && fr(`, T0 ${clockTime(line.clocks[0].t0, line.timeZone)}`)}</span>
          {real.length > 1 && <Button kind="primary" onPress={() => join(line.id)}>Rejoindre</Button>}
        </div>
      ))}
      {gains
        ? <p>{fr("Si c'est le même événement, rejoignez l'activation et déclarez-y le T0-COD : elle garde son journal et gagne une horloge.")}</p>
        : <p>{fr("Si c'est le même événement, rejoignez-la : deux journaux pour une crise se contrediraient. Sinon, ouvrez-en une autre ; les deux horloges courront.")}</p>}
    </Dialog>
  );
}

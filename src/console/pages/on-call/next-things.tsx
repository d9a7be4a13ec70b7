import { PageLink } from '../../frame/page-link.js';
import { functionNames } from '../../../contract/french.js';
import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import type { FunctionCode } from '../../../domain/entry.js';
import type { Ms } from '../../../domain/time.js';
import { awaits, type Awaited as Waiting } from '../../../domain/views/board.js';
import type { Board } from '../../board.js';
import { useNow } from '../../live.js';
import { SlabLink } from '../../parts/slab.js';
import { usePeople } from '../../people.js';
import { addressOf, type Where } from '../hour/where.js';
import { CHARGE, RECALL, REFLEX } from './gestures.js';
import { visaSubject } from '../hour/naming.js';
import type { Activation } from '../../../domain/state.js';

const SHOWN = 6;
const GESTURES: readonly string[] = [CHARGE, REFLEX, RECALL];

interface Line {
  key: string;
  title: string;
  words: string;
  where: Where;
}

/** What comes after the three gestures, in the order in which it is due; each line opens it. */
export function NextThings({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const now = useNow(activation);
  const person = usePeople();
  const lines = awaits(activation, me, now).flatMap((one) => lineOf(one, now, activation, (id) => person(id).name));
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="next-title" className="next-things">
      <h2 id="next-title">Ensuite</h2>
      {lines.slice(0, SHOWN).map((line) => (
        <SlabLink key={line.key} href={addressOf(`/activations/${activation.id}`, line.where)} Link={PageLink} title={line.title}>{line.words}</SlabLink>
      ))}
      {lines.length > SHOWN && <SlabLink href={`/activations/${activation.id}?vue=heure`} Link={PageLink} title={fr(`Et ${lines.length - SHOWN} autres`)}>{fr("Sur la page de l'heure")}</SlabLink>}
    </section>
  );
}

function lineOf(one: Waiting, now: Ms, activation: Readonly<Activation>, nameOf: (id: string) => string): Line[] {
  const zone = activation.timeZone;
  switch (one.kind) {
    case 'visa':
    case 'step': {
      const { row, times } = one.step;
      if (GESTURES.includes(row.id)) return [];
      const at = times.target !== undefined && times.target > now ? times.target : (times.deadline ?? times.target);
      const before = at === undefined ? '' : at < now ? `dépassé depuis ${clockMinute(at, zone)}` : `avant ${clockMinute(at, zone)}`;
      const title = one.kind === 'visa' ? `Viser : ${visaSubject(activation, row)}` : row.title;
      return [{ key: `${one.kind} ${row.id}`, title: fr(title), words: fr([before, row.means ?? ''].filter(Boolean).join(' · ')), where: { open: 'step', step: row.id } }];
    }
    case 'handover':
      return [{
        key: `handover ${one.function}`, title: fr(`Accepter la fonction ${functionNames[one.function as FunctionCode]}`),
        words: fr(`${nameOf(one.from)} vous la passe`), where: { open: 'functions' },
      }];
    case 'oral':
      return [{ key: `oral ${one.entry}`, title: fr('Confirmer une décision orale'), words: fr(`entrée ${one.entry}`), where: { open: 'entry', seq: one.entry } }];
    case 'declaration':
      // On top of every console already, with its buttons.
      return [];
  }
}


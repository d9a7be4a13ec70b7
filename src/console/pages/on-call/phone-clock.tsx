import { useState } from 'react';
import { clockNames } from '../../../contract/french.js';
import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import { mayIssue } from '../../../domain/rights.js';
import { clocksShown } from '../../../domain/views/board.js';
import type { Board } from '../../board.js';
import { useNow } from '../../live.js';
import { ClockBig, ClockSmall } from '../../parts/clocks.js';
import { Button } from '../../ui/button.js';
import { DeclareT0 } from '../hour/clock-dialogs.js';

/** The clocks that run, and nothing else: a telephone at night has no room for those that do not. */
export function PhoneClock({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const [first, ...others] = clocksShown(activation, useNow(activation));
  if (!first) return <NoT0 board={board} me={me} />;
  return (
    <>
      <ClockBig clock={first} zone={activation.timeZone} size="phone" />
      {others.map((clock) => <ClockSmall key={clock.id} clock={clock} zone={activation.timeZone} />)}
    </>
  );
}

/** T0 is not known yet: one thing stands out, to declare it. */
function NoT0({ board: { activation }, me }: { board: Board; me: Me }) {
  const [open, setOpen] = useState(false);
  const may = activation.life === 'running' && mayIssue(me.rights, 'start-clock', activation.lane);
  return (
    <section className="phone-no-t0" aria-label={fr(`Horloge ${clockNames[activation.kind]}`)}>
      <h2>{fr(`${clockNames[activation.kind]} pas encore connu`)}</h2>
      <p>{fr(`Ouvert à ${clockMinute(activation.openedAt, activation.timeZone)}. L'heure ne court pas ; ce qui est fait compte déjà.`)}</p>
      {may && <Button kind="primary" size="large" wide onPress={() => setOpen(true)}>Déclarer T0</Button>}
      {open && <DeclareT0 activation={activation} me={me} clock={activation.kind} onClose={() => setOpen(false)} />}
    </section>
  );
}

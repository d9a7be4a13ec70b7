import { useEffect } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { Names } from '../../../contract/french.js';
import type { ActivationLine, Me } from '../../../contract/live.js';
import { clocksShown } from '../../../domain/views/board.js';
import { campaignOnWall } from '../../../domain/views/campaign.js';
import { stepsShown } from '../../../domain/views/steps.js';
import { verdicts } from '../../../domain/views/verdicts.js';
import { isSeen, type Board } from '../../board.js';
import { loadOlder, useNow } from '../../live.js';
import { useNames } from '../../orders/names.js';
import { useWall } from '../../clock.js';
import { ExerciseBand } from '../../parts/chrome.js';
import { ClockBig, ClockIdle, ClockSmall } from '../../parts/clocks.js';
import { Commitments } from '../../parts/commitments.js';
import { LogList } from '../../parts/log-list.js';
import { setLaneChrome } from '../../ui/document.js';
import { bandOf, titleOf } from '../hour/naming.js';
import { lineOf } from '../hour/proofs.js';
import { clocksOf, nameOf } from '../opening/lines.js';
import { CampaignOnWall } from './campaign.js';
import { Rows } from './rows.js';
import { isSaid } from './said.js';
import { Top } from './top.js';

const EVENTS = 5;
interface Props {
  me: Me;
  board: Board;
  /** The other real activations that run, the latest first. */
  others: readonly ActivationLine[];
}

/** One activation at four metres: its clocks, its commitments, the hour in a few rows, the last events. */
export function Hour({ me, board, others }: Props) {
  const { activation } = board;
  const title = titleOf(board);
  useEffect(() => setLaneChrome(activation.lane, title), [activation.lane, title]);
  return (
    <main className="wall">
      {activation.lane !== 'real' && <ExerciseBand>{bandOf(board)}</ExerciseBand>}
      <Top me={me} title={title} activation={activation} />
      <div className="wall-high"><Clocks board={board} others={others} /><CommitmentsNow board={board} /></div>
      <div className="wall-low"><Centre board={board} /><Events board={board} /></div>
    </main>
  );
}

/** The nearest in large; those beside it, of this activation and of the others, in a line each. Renders each second. */
function Clocks({ board: { activation }, others }: Pick<Props, 'board' | 'others'>) {
  const [first, ...beside] = clocksShown(activation, useNow(activation));
  const wall = useWall();
  const zone = activation.timeZone;
  const elsewhere = others.flatMap((line) => {
    const [clock] = clocksOf(line, wall);
    return [{ line, clock }];
  });
  const crowded = beside.length + elsewhere.length;
  return (
    <section className={`wall-clocks${crowded > 0 ? ' crowded' : ''}`} aria-label="Horloges">
      {first ? <ClockBig clock={first} zone={zone} size="wall" /> : <ClockIdle name="T0">{fr("L'heure ne court pas encore : le T0 n'est pas déclaré.")}</ClockIdle>}
      {beside.slice(0, 1).map((clock) => <ClockSmall key={clock.id} clock={clock} zone={zone} />)}
      {elsewhere.slice(0, beside.length > 0 ? 1 : 2).map(({ line, clock }) => (
        <div key={line.id} className="wall-other">
          <p>{nameOf(line)}</p>
          {clock ? <ClockSmall clock={clock} zone={line.timeZone} of={nameOf(line)} /> : <ClockIdle name="T0" of={nameOf(line)}>{fr('pas encore déclaré')}</ClockIdle>}
        </div>
      ))}
    </section>
  );
}

function CommitmentsNow({ board: { activation } }: { board: Board }) {
  return <Commitments verdicts={verdicts(activation, useNow(activation))} size="wall" />;
}

/** While a campaign works, its curve and its communes stand where the hour's rows are. */
function Centre({ board }: { board: Board }) {
  const shown = campaignOnWall(board.activation);
  return shown ? <CampaignOnWall activation={board.activation} {...shown} /> : <RowsNow board={board} />;
}

function RowsNow({ board: { activation } }: { board: Board }) {
  const now = useNow(activation);
  return <Rows activation={activation} steps={stepsShown(activation, now)} now={now} />;
}

/** Those that a wall may say, whoever's eyes it has; older ones are fetched where the last entries are all withheld. */
function Events({ board }: { board: Board }) {
  const all = useNames(board);
  const names: Names = { ...all, step: (id) => { const row = board.activation.plan.rows.find((one) => one.id === id); return row?.short?.replace(/^… ?/, '') ?? all.step(id); } };
  const said = board.entries.filter(isSeen).filter(isSaid).slice(-EVENTS);
  const missing = said.length < EVENTS && board.hasOlder;
  const first = board.first;
  useEffect(() => {
    if (missing) void loadOlder().catch(() => {});
  }, [missing, first]);
  return (
    <section className="wall-events" aria-labelledby="events-title">
      <h2 id="events-title">Derniers faits</h2>
      <LogList lines={said.map((entry) => lineOf(entry, board, names)).reverse()} zone={board.activation.timeZone} size="wall" empty={fr("Rien encore.")} />
    </section>
  );
}

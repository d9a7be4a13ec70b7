import { clockTime, duration } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { ActivationLine } from '../../contract/live.js';
import { DECLARATION_WAITS } from '../../domain/opening.js';
import { mayIssue } from '../../domain/rights.js';
import { giveTo } from '../actions.js';
import { me as whoIsIn } from '../api.js';
import { useWall } from '../clock.js';
import { useLobby } from '../live.js';
import { nameOf } from '../pages/opening/lines.js';
import { useOneOrder } from '../orders/use-order.js';
import { Button } from '../ui/button.js';
import { Notice } from '../ui/notice.js';

type Declared = ActivationLine['declarations'][number];

/** T0 that SYNERGI declared and that nobody has said whose it is: on top of every console, whatever page it shows. */
export function Declarations({ current }: { current: string | undefined }) {
  const lines = useLobby() ?? [];
  const waiting = lines.filter((line) => line.life === 'running').flatMap((line) => line.declarations.map((declared) => ({ line, declared })));
  return <>{waiting.map(({ line, declared }) => <OneDeclaration key={declared.id} line={line} declared={declared} lines={lines} current={current} />)}</>;
}

interface Props {
  line: ActivationLine;
  declared: Declared;
  lines: readonly ActivationLine[];
  current: string | undefined;
}

function OneDeclaration({ line, declared, lines, current }: Props) {
  const { give, pending, fault } = useOneOrder();
  const may = mayIssue(whoIsIn()?.rights ?? [], 'answer-declaration', 'real');
  const targets = lines
    .filter((one) => one.lane === 'real' && one.life === 'running' && one.synergi === null)
    .sort((x, y) => Number(y.id === current) - Number(x.id === current));
  const answer = (to: string | null) => give(() => giveTo(line.id, 'answer-declaration', { declaration: declared.id, to }));
  return (
    <Notice
      kind="watch" title={fr(`SYNERGI ${declared.number} : T0 déclaré à ${clockTime(declared.t0, line.timeZone)}. À quel événement est-ce ?`)}
      actions={may ? (
        <>
          {targets.map((one) => <Button key={one.id} isPending={pending} onPress={() => void answer(one.id)}>{fr(`Rattacher à « ${nameOf(one)} »`)}</Button>)}
          <Button isPending={pending} onPress={() => void answer(null)}>Autre événement</Button>
        </>
      ) : undefined}
    >
      <Left declared={declared} />
      {fault && <p className="over">{fault}</p>}
    </Notice>
  );
}

function Left({ declared }: { declared: Declared }) {
  const left = declared.receivedAt + DECLARATION_WAITS - useWall();
  return <>{fr(left > 0 ? `Sans réponse dans ${duration(left)}, elle ouvrira sa propre activation.` : 'Sans réponse : elle ouvre sa propre activation.')}</>;
}

import { useEffect, useMemo, useState } from 'react';
import { useLocation, useSearch } from 'wouter';
import { count, fr } from '../../contract/french-typography.js';
import { clockTime, offset } from '../../contract/french-times.js';
import type { Me } from '../../contract/live.js';
import type { Activation } from '../../domain/state.js';
import type { Ms } from '../../domain/time.js';
import { useMe } from '../api.js';
import type { Board } from '../board.js';
import { Frame } from '../frame/frame.js';
import { ReplayTime, useActivation, useNow } from '../live.js';
import { useNames } from '../orders/names.js';
import { LogList } from '../parts/log-list.js';
import { useReel } from '../use-reel.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { CommitmentsNow, PictureNow } from './hour/hour-page.js';
import { bandOf, navOf, titleOf } from './hour/naming.js';
import { lineOf } from './hour/proofs.js';
import type { HourProps } from './hour/hour-props.js';
import { Clocks } from './hour/rail.js';
import type { Where } from './hour/where.js';
import { Controls } from './replay/controls.js';
import { useCursor } from './replay/use-cursor.js';
import './hour/hour.css';
import './replay/replay.css';

/** `/activations/:id/revue/reprise`: the whole board as it stood at any moment of its journal. It gives no order. */
export function Replay({ id }: { id: string }) {
  const following = useActivation(id);
  const me = useMe();
  if (following.state !== 'shown' || !me) {
    return (
      <Frame title="Reprise">
        <main className="page page-narrow">
          {following.state === 'absent' ? <Notice kind="watch" title={fr("Cette activation n'existe pas ici, ou vos droits ne vous la montrent pas.")} announce={false} /> : <p className="dim" aria-busy="true">Chargement…</p>}
        </main>
      </Frame>
    );
  }
  const { board } = following;
  return (
    <Frame title={`Reprise · ${titleOf(board)}`} lane={board.activation.lane} activation={id} nav={navOf(board, 'review')} band={bandOf(board)}>
      <Reading live={board} me={me} />
    </Frame>
  );
}

function Reading({ live, me }: { live: Board; me: Me }) {
  const { reel, loaded, total, whole, unknown } = useReel(live);
  const first = useFirstEntry();
  // Once shown it stays: entries that arrive afterwards lengthen the slider, and move nothing.
  const [ready, setReady] = useState(false);
  if (whole && !ready) setReady(true);
  if (unknown) return <main className="page page-narrow"><Notice kind="error" title={fr("Ce journal contient des entrées d'une autre version que cette page.")}>{fr('Rien n’est perdu : le journal est entier sur le serveur. Fermez tous les onglets de temps-zero, puis revenez.')}</Notice></main>;
  if (!ready) {
    return (
      <main className="page page-narrow" aria-busy="true">
        <p>{fr(`Lecture du journal : ${loaded} entrées sur ${total}`)}</p>
        <progress className="replay-progress" value={loaded} max={total} aria-label="Lecture du journal" />
      </main>
    );
  }
  return <Shown live={live} me={me} reel={reel} first={first} />;
}

/** `?entree=142` stands there from the start. */
function useFirstEntry(): number | undefined {
  const wanted = new URLSearchParams(useSearch()).get('entree') ?? '';
  return /^\d{1,9}$/.test(wanted) ? Number(wanted) : undefined;
}

/** The address of where one stands, once one stands still: it can be given to a colleague. */
function useAddress(seq: number | undefined, still: boolean): void {
  const [path, navigate] = useLocation();
  useEffect(() => {
    if (!still) return undefined;
    const address = seq === undefined ? path : `${path}?entree=${seq}`;
    const timer = setTimeout(() => {
      // Whoever has just left, for a page that is still loading, is not brought back into the past.
      if (location.pathname === path && location.pathname + location.search !== address) navigate(address, { replace: true });
    }, 400);
    return () => clearTimeout(timer);
  }, [seq, still, path, navigate]);
}

/** Whoever looks at the past acts on nothing in it. */
const withoutRights = (me: Me): Me => ({ ...me, rights: [] });

function Shown({ live, me, reel, first }: { live: Board; me: Me; reel: ReturnType<typeof useReel>['reel']; first: number | undefined }) {
  const running = live.activation.life === 'running';
  const present = useNow(live.activation);
  const last = reel.timeOf(reel.seq);
  // What is over ends with its last entry; what runs, with the present.
  const cursor = useCursor(reel, running ? Math.max(present, last) : last, first);
  const { seq, at, atEnd } = cursor;
  useAddress(atEnd ? undefined : seq, cursor.playing === undefined);
  const eyes = useMemo(() => withoutRights(me), [me]);
  const [step, setStep] = useState<string>();
  const board = useMemo(() => reel.board(seq, live), [reel, seq, live]);
  const { activation } = board;
  const open = (where: Where) => {
    if (where.open === 'entry') cursor.goTo(where.seq);
    if (where.open === 'step') setStep(where.step);
  };
  const props: HourProps = { board, me: eyes, open };
  const when = momentOf(live.activation, at);
  return (
    <ReplayTime value={at}>
      <section className="replay-bar" aria-label="Reprise">
        <div className="replay-words">
          <p className="replay-title"><b>REPRISE</b> <span>{fr(atEnd && running ? `le direct, à ${when}` : `ce que l'on savait à ${when}`)}</span></p>
          <p className="dim">{fr(`${clockTime(at, activation.timeZone)}, entrée ${seq} sur ${reel.seq}. Aucun ordre ne part d'ici.`)}</p>
          {running && <LinkButton href={`/activations/${activation.id}`} size="small">Revenir au direct</LinkButton>}
        </div>
        <Controls cursor={cursor} valueText={fr(`${when}, entrée ${seq}`)} />
      </section>
      <div className="console replay">
        <aside className="rail" aria-label="Horloges"><div className="rail-inner"><Clocks {...props} /></div></aside>
        <main className="main">
          <CommitmentsNow {...props} open={() => {}} />
          <PictureNow {...props} step={step} close={() => setStep(undefined)} />
          <aside className="side" aria-label="Main courante"><LogThen {...props} /></aside>
        </main>
      </div>
    </ReplayTime>
  );
}

/** From the T0 that is known now: the name of a moment must not change under the slider when a T0 was corrected. */
function momentOf(now: Readonly<Activation>, at: Ms): string {
  const t0 = (now.clocks.cod ?? now.clocks.important)?.t0;
  return t0 === undefined ? clockTime(at, now.timeZone) : `T0${offset(at, t0)}`;
}

const LINES = 60;

function LogThen({ board, open }: HourProps) {
  const names = useNames(board);
  const lines = board.entries.slice(-LINES).map((entry) => lineOf(entry, board, names)).reverse();
  return (
    <section className="log-column" aria-labelledby="log-title">
      <div className="spread"><h2 id="log-title">Main courante</h2><span className="dim">{count(board.activation.seq, 'entrée')}</span></div>
      <div className="log-scroll" tabIndex={0} role="group" aria-label="Entrées connues à ce moment">
        <LogList lines={lines} zone={board.activation.timeZone} onOpen={(seq) => open({ open: 'entry', seq })} verb="aller à" empty={fr("Rien n'était encore écrit.")} />
      </div>
    </section>
  );
}

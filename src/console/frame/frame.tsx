import { useEffect, useState, type ReactNode } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Lane } from '../../domain/entry.js';
import { useMe } from '../api.js';
import { outdated, useFreshness } from '../connection.js';
import { AppHeader, ExerciseBand, Freshness, type NavItem } from '../parts/chrome.js';
import { useStore } from '../store.js';
import { setLaneChrome } from '../ui/document.js';
import { Notice } from '../ui/notice.js';
import { SkipLink } from '../ui/table.js';
import { Declarations } from './declarations.js';
import { MyMenu } from './my-menu.js';
import { NextNight } from './next-night.js';
import { PageLink } from './page-link.js';
import { PendingOrders } from './pending-orders.js';
import { RequestsList } from './requests-list.js';
import { SoundSwitch } from './sound-switch.js';

export interface FrameProps {
  /** On the header; in the page's title too. */
  title: string;
  /** Of the activation that the page shows; absent elsewhere. */
  lane?: Lane | undefined;
  nav?: readonly NavItem[] | undefined;
  /** Beside EXERCICE, in an exercise. */
  band?: ReactNode;
  /** The activation that the page shows: its own requests open in place. */
  activation?: string | undefined;
  children: ReactNode;
}

/**
 * Around every page of somebody who is signed in: who and where one is, how fresh it all is, what waits on top of every
 * console, and the orders that are not recorded yet. `#contenu` is the page itself.
 */
export function Frame({ title, lane, nav, band, activation, children }: FrameProps) {
  const me = useMe();
  const [menu, setMenu] = useState(false);
  useEffect(() => setLaneChrome(lane, title), [lane, title]);
  if (!me) return null;
  const exercise = lane === 'exercise' || lane === 'test';
  return (
    <>
      <SkipLink to="contenu" />
      {exercise && <ExerciseBand>{band}</ExerciseBand>}
      <AppHeader
        prefecture={me.house.prefecture} title={title} nav={nav} Link={PageLink} onUser={() => setMenu(true)}
        user={{ name: me.name, role: me.title }} meta={<><SoundSwitch /><FreshnessNow /></>}
      />
      <div className="on-top">
        <Outdated />
        <Silence />
        <NextNight me={me} current={activation} />
        <Declarations current={activation} />
        <RequestsList current={activation} />
        <PendingOrders />
      </div>
      <div id="contenu" className="frame-body" tabIndex={-1}>{children}</div>
      {menu && <MyMenu me={me} onClose={() => setMenu(false)} />}
    </>
  );
}

/** The only part of the header that renders each second. */
export function FreshnessNow() {
  const { state, since } = useFreshness();
  return <Freshness state={state === 'fresh' ? 'live' : state === 'late' ? 'waiting' : 'lost'} since={since} />;
}

/** A lost server never freezes a screen silently: what is below may be old, and the page says so across its width. */
function Silence() {
  const { state } = useFreshness();
  if (state !== 'lost') return null;
  return (
    <div className="silence" role="alert">
      {fr("Connexion perdue : ce qui est affiché peut avoir changé. Vos ordres sont gardés sur cet appareil.")}
    </div>
  );
}

function Outdated() {
  const why = useStore(outdated);
  if (why === undefined) return null;
  return (
    <Notice kind="error" title={fr("Cette page est d'une autre version que le serveur.")}>
      {fr("Ce qui est affiché n'est plus tenu à jour. Fermez tous les onglets de temps-zero, puis revenez.")}
    </Notice>
  );
}

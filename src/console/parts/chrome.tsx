import type { ReactNode } from 'react';
import { age } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import type { Ms } from '../../domain/time.js';
import { Icon } from '../ui/icons.js';

export interface FreshnessProps {
  /** `live`: news arrives. `waiting`: connected, nothing heard for a while. `lost`: no server. */
  state: 'live' | 'waiting' | 'lost';
  /** Since the last news, or since the connection was lost. */
  since?: Ms | undefined;
  size?: number | undefined;
}

/** Without colour while all is well; a lost server is never silent. */
export function Freshness({ state, since = 0, size = 16 }: FreshnessProps) {
  const text = state === 'live' ? 'À jour' : state === 'waiting' ? `Dernière nouvelle il y a ${age(since)}` : `Connexion perdue depuis ${age(since)}`;
  return (
    <span className={`freshness freshness-${state}`}>
      <Icon shape={state === 'lost' ? 'lost' : 'fresh'} size={size} />
      <span>{fr(text)}</span>
      <span className="hidden" role="status">{state === 'lost' ? 'Connexion perdue' : ''}</span>
    </span>
  );
}

export interface ExerciseBandProps {
  /** "« Fumées de nuit » · vitesse × 1" */
  children?: ReactNode;
}

/** Never closed, and around the whole page: EXERCICE three times, as in every message. */
export function ExerciseBand({ children }: ExerciseBandProps) {
  return (
    <>
      <div className="exercise-band" role="region" aria-label="Exercice en cours">
        <b>EXERCICE EXERCICE EXERCICE</b>
        <span>{fr("Rien ne sort d'ici : tous les canaux sont simulés")}{children && <> · {children}</>}</span>
      </div>
      <div className="exercise-frame" aria-hidden="true" />
    </>
  );
}

/** Above everything, on every page of a demonstration, and never closed. */
export function DemonstrationBand() {
  return (
    <div className="demonstration-band" role="region" aria-label="Démonstration">
      <b>DÉMONSTRATION</b>
      <span>Tout est inventé<span className="demonstration-more">{fr(' : un récit joue les agents. Rien ne sort, rien n’est gardé.')}</span></span>
    </div>
  );
}

export interface NavItem {
  href: string;
  label: string;
  /** What waits there. */
  count?: number | undefined;
  isCurrent?: boolean | undefined;
}

/** How a page of the application is linked: give the router's own link; a plain one by default. */
export type NavLink = (props: { href: string; className?: string; 'aria-current'?: 'page'; children: ReactNode }) => ReactNode;
const PlainLink: NavLink = (props) => <a {...props} />;

export interface AppHeaderProps {
  prefecture: string;
  title: ReactNode;
  nav?: readonly NavItem[] | undefined;
  user?: { name: string; role?: string | undefined } | undefined;
  /** Freshness, sound, theme: on the right, before the person. */
  meta?: ReactNode;
  /** Opens the person's own menu. */
  onUser?: (() => void) | undefined;
  homeHref?: string | undefined;
  Link?: NavLink | undefined;
}

export function AppHeader({ prefecture, title, nav = [], user, meta, onUser, homeHref = '/', Link = PlainLink }: AppHeaderProps) {
  const person = user && <><b>{user.name}</b>{user.role && <span>{user.role}</span>}</>;
  return (
    <header className="app-header">
      <div className="app-who">
        <Link href={homeHref} className="app-home">{prefecture}</Link>
        <h1>{title}</h1>
      </div>
      {nav.length > 0 && (
        <nav className="app-nav" aria-label="Navigation">
          {nav.map((item) => (
            <Link key={item.href} href={item.href} className="app-nav-item" {...(item.isCurrent ? { 'aria-current': 'page' } : {})}>
              {item.label}{item.count ? <b> {item.count}</b> : null}
            </Link>
          ))}
        </nav>
      )}
      <div className="app-meta">
        {meta}
        {person && (onUser ? <button type="button" className="app-user" onClick={onUser}>{person}</button> : <div className="app-user">{person}</div>)}
      </div>
    </header>
  );
}

export interface PhoneTabsProps {
  items: readonly NavItem[];
  Link?: NavLink | undefined;
}

/** At the bottom of the telephone, four at most. */
export function PhoneTabs({ items, Link = PlainLink }: PhoneTabsProps) {
  return (
    <nav className="phone-tabs" aria-label="Pages">
      {items.map((item) => (
        <Link key={item.href} href={item.href} className="phone-tab" {...(item.isCurrent ? { 'aria-current': 'page' } : {})}>
          <span>{item.label}{item.count ? <b> {item.count}</b> : null}</span>
        </Link>
      ))}
    </nav>
  );
}

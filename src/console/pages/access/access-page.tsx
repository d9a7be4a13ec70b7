import { useEffect, type ReactNode } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { setLaneChrome } from '../../ui/document.js';
import '../pieces.css';
import './access.css';

/** Around the pages of somebody who is not, or not yet wholly, signed in. */
export function AccessPage({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  useEffect(() => setLaneChrome(undefined, title), [title]);
  return (
    <div className="access">
      <header className="access-brand">
        <img src="/favicon.svg" width="44" height="44" alt="" />
        <p><b>temps-zero</b><span>{fr("La première heure d'une crise, en préfecture")}</span></p>
      </header>
      <main className={`access-card${wide ? ' wide' : ''}`}>
        <h1>{fr(title)}</h1>
        {children}
      </main>
    </div>
  );
}

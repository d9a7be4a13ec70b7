import { useMe } from '../../api.js';
import { Frame } from '../../frame/frame.js';
import { housePages } from '../house-pages.js';
import '../pieces.css';
import { ImportsPanel } from './imports.js';

/** The imports of the directory, as a page of their own. */
export function ImportsPage() {
  const me = useMe();
  if (!me) return null;
  return (
    <Frame title="Imports de l’annuaire" nav={housePages(me, '/annuaire/imports')}>
      <main className="page"><ImportsPanel me={me} /></main>
    </Frame>
  );
}

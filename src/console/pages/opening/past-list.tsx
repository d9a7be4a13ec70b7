import { useState } from 'react';
import { Link } from 'wouter';
import { lifeWords } from '../../../contract/french.js';
import { dayTime } from '../../../contract/french-times.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { ActivationLine } from '../../../contract/live.js';
import { get } from '../../api.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { useAccess } from '../access/use-access.js';
import { kindWords, nameOf, past } from './lines.js';

const AT_FIRST = 10;
/** How many the server lists at once. */
const LISTED = 50;

/** Activations that do not run any more: where their review begins. */
export function PastList({ lines }: { lines: readonly ActivationLine[] }) {
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState(AT_FIRST);
  const [older, setOlder] = useState<readonly ActivationLine[]>([]);
  const [whole, setWhole] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const known = [...lines, ...older];
  const all = past(known, '');
  if (all.length === 0) return null;
  const found = past(known, search);
  const askOlder = () => void attempt(async () => {
    const page = await get<ActivationLine[]>(`/api/activations?before=${all.at(-1)!.openedAt}`);
    setOlder([...older, ...page]);
    setWhole(page.length < LISTED);
    setShown(Infinity);
  });
  return (
    <section className="past stack" aria-labelledby="past-title">
      <div className="spread">
        <h2 id="past-title">Activations terminées</h2>
        <span className="dim" role="status">{count(found.length, 'activation')}</span>
      </div>
      {all.length > AT_FIRST && <TextField label="Chercher par titre ou numéro SYNERGI" type="search" value={search} onChange={setSearch} />}
      {found.length === 0 && <p className="dim">Aucune activation terminée ne porte ce titre ni ce numéro.</p>}
      <ul className="past-list">
        {found.slice(0, shown).map((line) => (
          <li key={line.id}>
            <Link href={`/activations/${line.id}`}>{nameOf(line)}</Link>
            <span className="row">
              {line.lane !== 'real' && <Badge tone="ex">Exercice</Badge>}
              <span>{kindWords[line.kind]}</span>
              <span>{dayTime(line.openedAt, line.timeZone)}</span>
              {line.synergi !== null && <span>{fr(`SYNERGI ${line.synergi}`)}</span>}
              <Badge>{capital(lifeWords[line.life])}</Badge>
              <Link href={`/activations/${line.id}/revue/reprise`}>Revoir<span className="hidden"> {nameOf(line)}</span></Link>
            </span>
          </li>
        ))}
      </ul>
      {found.length > shown && <div><Button onPress={() => setShown(shown + 50)}>{fr(`Afficher les ${Math.min(50, found.length - shown)} suivantes`)}</Button></div>}
      {found.length <= shown && all.length >= LISTED && !whole && <div><Button isPending={pending} onPress={askOlder}>Activations plus anciennes</Button></div>}
      {fault && <Notice kind="error" title={fault} />}
    </section>
  );
}

import { useEffect, useState } from 'react';
import { capital, fr } from '../../../contract/french-typography.js';
import { reasonWords } from '../../../contract/import-report.js';
import { lineActionWords } from '../../../contract/import-words.js';
import type { ImportLineShown, ReportPage } from '../../../contract/imports.js';
import { get, sentenceOf } from '../../api.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { Table } from '../../ui/table.js';
import { Tabs } from '../../ui/tabs.js';
import { asideOf } from './import-figures.js';

type Action = ReportPage['lines'][number]['action'];
type Shown = Action | 'all';
const TONES: Record<Action, 'ok' | 'run' | 'watch' | 'over'> = { added: 'ok', changed: 'run', ended: 'watch', rejected: 'over' };

/** Line by line, with the reason: all of it, or what was added, changed, ended, rejected; and as a file for whoever mends the list. */
export function ImportReport({ line }: { line: ImportLineShown }) {
  const { added, changed, ended, rejected } = line.counts;
  const tabs: readonly [Shown, string, number][] = [
    ['all', 'Tout', added + changed + ended + rejected], ['rejected', 'Rejetées', rejected], ['added', 'Ajoutées', added], ['changed', 'Modifiées', changed], ['ended', 'Terminées', ended],
  ];
  const [shown, setShown] = useState<Shown>(rejected > 0 ? 'rejected' : 'all');
  const aside = asideOf(line);
  return (
    <div className="stack-small">
      <Tabs
        label="Lignes du rapport" selected={shown} onSelect={setShown}
        tabs={tabs.map(([id, title, times]) => ({ id, title: <>{title} <span className="dim">{times.toLocaleString('fr-FR')}</span></>, content: <ReportLines id={line.id} shown={id} /> }))}
      />
      {aside !== '' && <p className="help">{fr(`En outre : ${aside}.`)}</p>}
      <div><LinkButton size="small" href={`/api/directory/imports/${line.id}/report.csv`} download>Télécharger le rapport (CSV)</LinkButton></div>
    </div>
  );
}

function ReportLines({ id, shown }: { id: string; shown: Shown }) {
  const [pages, setPages] = useState<ReportPage[]>([]);
  const [after, setAfter] = useState(0);
  const [fault, setFault] = useState<string>();
  useEffect(() => {
    let left = false;
    get<ReportPage>(`/api/directory/imports/${id}/lines?after=${after}${shown === 'all' ? '' : `&action=${shown}`}`).then(
      (page) => { if (!left) setPages((before) => (after === 0 ? [page] : [...before, page])); },
      (error: unknown) => { if (!left) setFault(sentenceOf(error)); },
    );
    return () => { left = true; };
  }, [id, shown, after]);
  const lines = pages.flatMap((page) => page.lines);
  const last = pages.at(-1);
  if (fault) return <Notice kind="error" title={fault} />;
  if (!last) return <p className="help">Lecture du rapport…</p>;
  return (
    <div className="stack-small">
      <Table
        caption="Rapport de l’import" hideCaption rows={lines} rowKey={({ place }) => place} empty={fr('Aucune ligne de cette sorte.')}
        columns={[
          { id: 'line', title: 'Ligne', num: true, cell: ({ line }) => (line === 0 ? '–' : line.toLocaleString('fr-FR')) },
          { id: 'action', title: 'Résultat', cell: ({ action }) => <Badge tone={TONES[action]}>{capital(lineActionWords[action])}</Badge> },
          { id: 'what', title: 'Contenu', names: true, cell: (one) => <Said {...one} /> },
        ]}
      />
      {last.more && <div><Button size="small" onPress={() => setAfter(last.lines.at(-1)!.place)}>Montrer la suite</Button></div>}
    </div>
  );
}

function Said({ shown, reason }: { shown: string; reason: string | null }) {
  return (
    <span className="import-said">
      <span>{shown === '' ? 'personne effacée' : shown}</span>
      {reason !== null && <span className="dim">{capital(reasonWords(reason))}</span>}
    </span>
  );
}

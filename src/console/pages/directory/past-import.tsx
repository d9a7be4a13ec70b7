import { useState } from 'react';
import { dayTime } from '../../../contract/french-times.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import { importKindNames } from '../../../contract/import-words.js';
import type { ImportLineShown, ImportShown, Undone } from '../../../contract/imports.js';
import { get, post, sentenceOf } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Confirm, Disclosure } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { useAccess } from '../access/use-access.js';
import { changesOf } from './import-figures.js';
import { ImportReport } from './import-report.js';

/** An import that was applied: what it did, its report, and within a day the way back. */
export function PastImport({ line, zone, onDone }: { line: ImportLineShown; zone: string; onDone: () => void }) {
  const [asked, setAsked] = useState<ImportShown>();
  const [refused, setRefused] = useState<string>();
  const { attempt, pending, fault } = useAccess();
  const say = useToasts();
  const path = `/api/directory/imports/${line.id}`;
  const ask = () => attempt(async () => setAsked(await get<ImportShown>(path)));
  const undo = async () => {
    setRefused(undefined);
    try {
      const { kept } = await post<Undone>(`${path}/undo`, {}, { timeoutMs: 60_000 });
      say(fr(kept === 0 ? 'Import défait : l’annuaire est comme avant.' : `Import défait. ${keptWords(kept)}.`));
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    onDone();
  };
  const title = `import-${line.id}`;
  const isUndoable = line.state === 'applied' && line.until !== null && serverClock.wall() < line.until;
  return (
    <article className="panel stack-small" aria-labelledby={title}>
      <div className="spread">
        <h3 id={title}>{importKindNames[line.kind]}</h3>
        {line.state === 'applied' ? <Badge tone="ok">Appliqué</Badge> : <Badge>Défait</Badge>}
      </div>
      <p className="import-past">{fr(`${line.fileName}, ${line.state === 'applied' ? 'appliqué' : 'défait'} le ${dayTime(line.at, zone)}. ${line.state === 'applied' ? capital(changesOf(line)) : `Il avait fait : ${changesOf(line)}`}.`)}</p>
      <Disclosure level={4} title="Rapport" detail={line.counts.rejected > 0 ? count(line.counts.rejected, 'ligne rejetée', 'lignes rejetées') : undefined}><ImportReport line={line} /></Disclosure>
      {fault && <Notice kind="error" title={fault} />}
      {isUndoable && (
        <div className="row">
          <Button size="small" kind="danger-outline" isPending={pending} onPress={() => void ask()} aria-label={fr(`Défaire l'import ${line.fileName}`)}>{fr("Défaire l'import")}</Button>
          <span className="dim">{fr(`possible jusqu'au ${dayTime(line.until!, zone)}`)}</span>
        </div>
      )}
      <Confirm
        isOpen={asked !== undefined} onClose={() => setAsked(undefined)} danger title={fr("Défaire l'import tout entier ?")} action={fr("Défaire tout l'import")} onConfirm={undo}
      >
        <p>{fr(`Ce qu'il a fait est défait d'un seul tenant (${changesOf(line)}) : l'annuaire redevient ce qu'il était avant lui.`)}</p>
        {asked !== undefined && asked.changedSince > 0 && <p>{fr(`${keptWords(asked.changedSince)}.`)}</p>}
        <p>{fr("Les activations en cours gardent les fiches qu'elles ont figées. Pour l'appliquer de nouveau, il faudra répéter le fichier.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </article>
  );
}

function keptWords(kept: number): string {
  return kept < 2 ? 'Une fiche a été changée depuis : elle reste comme elle est' : `${kept.toLocaleString('fr-FR')} fiches ont été changées depuis : elles restent comme elles sont`;
}

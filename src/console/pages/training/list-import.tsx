import { useState } from 'react';
import { trainingKindsWritten, trainingNames } from '../../../contract/french.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { TrainingListShown } from '../../../contract/training.js';
import { post } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { Table } from '../../ui/table.js';
import { FileDrop } from '../../ui/tabs.js';
import { useAccess } from '../access/use-access.js';
import { readText } from '../duty/read-text.js';

/** Why a line is not recorded. */
const REASONS: Record<NonNullable<TrainingListShown['lines'][number]['reason']>, string> = {
  'nobody': fr("personne de ce nom dans l'annuaire ni parmi les comptes"), 'several': fr('plusieurs personnes portent ce nom : mettez le courriel'), 'kind': fr("formation non reconnue"),
  'date': fr('date illisible : 15/03/2026 ou 2026-03-15'), 'to-come': fr('la date est à venir'), 'known': fr('déjà enregistrée'), 'twice': fr('deux fois dans le fichier'),
};

/** A list kept in a spreadsheet: rehearsed first, line by line, then recorded. */
export function ListImport({ onClose, onDone }: { onClose: () => void; onDone: (recorded: number) => void }) {
  const [file, setFile] = useState<{ name: string; list: string }>();
  const [shown, setShown] = useState<TrainingListShown>();
  const { attempt, pending, fault } = useAccess();
  const rehearse = async (chosen: File) => {
    setShown(undefined);
    const list = await readText(chosen);
    setFile({ name: chosen.name, list });
    await attempt(async () => setShown(await post<TrainingListShown>('/api/training/list/rehearse', { list })));
  };
  const take = () => attempt(async () => onDone((await post<TrainingListShown>('/api/training/list', { list: file!.list })).fit));
  const refused = shown?.lines.filter(({ reason }) => reason !== null) ?? [];
  return (
    <Dialog
      isOpen keepsTyping onClose={onClose} title="Importer une liste de formations"
      actions={<><Button onPress={onClose}>Annuler</Button>{shown && shown.fit > 0 && <Button kind="primary" isPending={pending} onPress={() => void take()}>{fr(`Enregistrer ${count(shown.fit, 'formation')}`)}</Button>}</>}
    >
      <div className="stack">
        <p>{fr(`Un fichier CSV, une ligne par personne et par session, dont la première ligne nomme les colonnes : « personne » (nom ou courriel), « formation » (${trainingKindsWritten}) et « date ». Rien n'est enregistré avant que vous ne l'ayez relu.`)}</p>
        <FileDrop button="Choisir un fichier CSV" accept={['.csv', 'text/csv', 'text/plain']} onFiles={([one]) => void rehearse(one!)}>{file ? file.name : 'Déposez le fichier ici, ou'}</FileDrop>
        {fault && <Notice kind="error" title={fault} />}
        {shown && (
          <>
            <Notice kind={shown.fit > 0 ? 'ok' : 'watch'} title={fr(`${count(shown.fit, 'formation')} à enregistrer, ${count(refused.length, 'ligne écartée', 'lignes écartées')}.`)} />
            <Table
              caption="Ce que donnerait chaque ligne" hideCaption rows={[...refused, ...shown.lines.filter(({ reason }) => reason === null)]} rowKey={(one) => one.line}
              columns={[
                { id: 'line', title: 'Ligne', num: true, cell: (one) => one.line },
                { id: 'who', title: 'Personne', names: true, cell: (one) => one.name ?? one.shown },
                { id: 'what', title: 'Formation', cell: (one) => (one.kind ? trainingNames[one.kind] : '') },
                { id: 'on', title: 'Date', cell: (one) => one.on?.split('-').reverse().join('/') ?? '' },
                { id: 'reason', title: 'Suite', cell: (one) => (one.reason === null ? <span className="ok">sera enregistrée</span> : <span className="watch">{REASONS[one.reason]}</span>) },
              ]}
            />
          </>
        )}
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import { importKindNames } from '../../../contract/import-words.js';
import type { FileSeen } from '../../../contract/imports.js';
import { post, sentenceOf } from '../../api.js';
import { estimate, sizeText } from '../../orders/files.js';
import { upload, type Progress } from '../../orders/upload.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { Notice, ProgressBar } from '../../ui/notice.js';
import { FileDrop } from '../../ui/tabs.js';
import { ColumnsTable } from './columns-table.js';

const UPLOADS = '/api/directory/imports/uploads';
const KINDS: readonly [name: string, says: string][] = [
  [importKindNames.rne, "CSV de data.gouv.fr : les maires, ou les conseillers municipaux avec leurs fonctions. Il dit qui, jamais comment joindre."],
  [importKindNames['own-list'], "CSV ou XLSX, jusqu'à trois personnes par ligne : la liste qui compte. Vous dites une fois ce que contient chaque colonne."],
  [importKindNames.annuaire, "JSON : le standard et l'adresse de chaque mairie, le dernier recours."],
  [importKindNames.contours, "GeoJSON : pour la carte, et pour proposer les communes voisines."],
];

/** Choose a file; what it is shows by itself; say what its columns hold if need be; rehearse. */
export function ImportFile({ onRehearsed }: { onRehearsed: (id: string) => void }) {
  const [sending, setSending] = useState<{ name: string; progress: Progress }>();
  const [seen, setSeen] = useState<FileSeen & { name: string }>();
  const [ends, setEnds] = useState(false);
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<string>();

  const choose = async ([file]: File[]) => {
    if (!file) return;
    setFault(undefined);
    setSending({ name: file.name, progress: { sent: 0, size: file.size, rate: undefined } });
    try {
      setSeen({ ...(await upload<FileSeen>(UPLOADS, file, (progress) => setSending({ name: file.name, progress }))), name: file.name });
    } catch (error) {
      setFault(sentenceOf(error));
    } finally {
      setSending(undefined);
    }
  };
  const rehearse = async () => {
    const { upload: id, kind, mapping } = seen!;
    setPending(true);
    setFault(undefined);
    try {
      onRehearsed((await post<{ import: string }>('/api/directory/imports', { upload: id, kind, ...(kind === 'own-list' ? { mapping, ends } : {}) }, { timeoutMs: 60_000 })).import);
    } catch (error) {
      setFault(sentenceOf(error));
      setPending(false);
    }
  };

  if (sending) {
    const { progress: { sent, size } } = sending;
    return <ProgressBar label={fr(`Envoi de ${sending.name}`)} value={sent} max={size} valueText={`${sizeText(sent)} sur ${sizeText(size)}`} detail={estimate(sending.progress)} />;
  }
  if (!seen) {
    return (
      <>
        <FileDrop button="Choisir un fichier" onFiles={(files) => void choose(files)}>{fr("Déposez le fichier ici, ou")}</FileDrop>
        {fault && <Notice kind="error" title={fault} />}
        <dl className="import-kinds">{KINDS.map(([name, says]) => <div key={name}><dt>{name}</dt><dd>{fr(says)}</dd></div>)}</dl>
      </>
    );
  }
  const isOwn = seen.kind === 'own-list';
  return (
    <div className="panel stack">
      <div className="spread">
        <h3>{seen.name}</h3>
        <span className="dim">{fr(`reconnu : ${importKindNames[seen.kind]}`)}</span>
      </div>
      {isOwn && (
        <>
          <p>{fr(seen.isKept
            ? "Les colonnes sont celles que vous avez dites pour la même liste. Vérifiez-les, puis répétez."
            : `Dites ce que contient chacune des ${count(seen.columns.length, 'colonne')} : une proposition est faite d'après leurs noms. Elle sera gardée pour la prochaine fois.`)}</p>
          <ColumnsTable columns={seen.columns} mapping={seen.mapping} onChange={(mapping) => setSeen({ ...seen, mapping })} />
          <Checkbox isSelected={ends} onChange={setEnds} help={fr("Sinon la liste ajoute et corrige, sans mettre fin à aucun mandat.")}>
            {fr("Mettre fin aux mandats de maire et d'adjoint que cette liste ne nomme plus, dans les communes qu'elle cite")}
          </Checkbox>
        </>
      )}
      <p>{fr("La répétition ne change rien : elle dit, ligne à ligne, ce qui serait ajouté, modifié, terminé ou rejeté.")}</p>
      {fault && <Notice kind="error" title={fault} />}
      <div className="row">
        <Button kind="primary" isPending={pending} onPress={() => void rehearse()}>{fr("Répéter l'import")}</Button>
        <Button onPress={() => { setSeen(undefined); setFault(undefined); }}>Choisir un autre fichier</Button>
      </div>
    </div>
  );
}

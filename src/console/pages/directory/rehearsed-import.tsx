import { useState } from 'react';
import { dayTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { importKindNames } from '../../../contract/import-words.js';
import type { ImportLineShown } from '../../../contract/imports.js';
import { post, sentenceOf } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { Notice, ProgressBar, useToasts } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { changesOf } from './import-figures.js';
import { ImportReport } from './import-report.js';

interface RehearsedProps {
  line: ImportLineShown;
  zone: string;
  /** `isKept`: it is still to be shown. */
  onDone: (isKept?: boolean) => void;
}

/** The import in hand: rehearsing, then its report, then applied or given up. */
export function RehearsedImport({ line, zone, onDone }: RehearsedProps) {
  const [asked, setAsked] = useState(false);
  const [refused, setRefused] = useState<string>();
  const { attempt, pending, fault } = useAccess();
  const say = useToasts();
  const { counts } = line;
  const discard = () => attempt(async () => {
    await post(`/api/directory/imports/${line.id}/discard`);
    onDone();
  });
  const apply = async () => {
    setRefused(undefined);
    try {
      await post(`/api/directory/imports/${line.id}/apply`, {}, { timeoutMs: 60_000 });
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    say(fr(`Import appliqué : ${changesOf(line)}. Il peut être défait pendant 24 heures.`));
    onDone();
  };
  const changes = counts.added + counts.changed + counts.ended;
  return (
    <div className="panel stack">
      <div className="spread">
        <h3>{line.fileName}</h3>
        <span className="dim">{importKindNames[line.kind]}</span>
      </div>
      {line.state === 'staging' && <Rehearsing line={line} />}
      {line.state === 'failed' && <Notice kind="error" title={line.fault} />}
      {line.state === 'rehearsed' && (
        <>
          <p>{fr(`${count(counts.read, 'ligne lue', 'lignes lues')}. Rien n'a encore changé : voici ce que l'import ferait. Il peut être appliqué jusqu'au ${dayTime(line.until!, zone)}.`)}</p>
          <ImportReport line={line} />
          <p className="help">{fr("Un import n'écrit jamais dans une activation en cours : elle garde les fiches telles qu'elle les a figées.")}</p>
        </>
      )}
      {fault && <Notice kind="error" title={fault} />}
      <div className="row">
        {line.state === 'rehearsed' && <Button kind="primary" isDisabled={changes === 0} onPress={() => setAsked(true)}>{fr("Appliquer l'import")}</Button>}
        <Button isPending={pending} onPress={() => void discard()}>{line.state === 'failed' ? 'Choisir un autre fichier' : fr("Abandonner l'import")}</Button>
        {changes === 0 && line.state === 'rehearsed' && <span className="dim">{fr("Ce fichier ne changerait rien : l'annuaire dit déjà la même chose.")}</span>}
      </div>
      <Confirm
        isOpen={asked} onClose={() => setAsked(false)} title={fr("Appliquer l'import tout entier ?")} action={fr("Appliquer l'import")} onConfirm={apply}
      >
        <p>{fr(`${changesOf(line)}, d'un seul tenant. Les campagnes et les activations en cours ne changent pas.`)}</p>
        {counts.rejected > 0 && <p>{fr(`${count(counts.rejected, 'ligne rejetée ne sera pas reprise', 'lignes rejetées ne seront pas reprises')} : corrigez le fichier, ou les fiches, ensuite.`)}</p>}
        <p>{fr("L'import peut être défait, tout entier, pendant 24 heures. Il est inscrit au journal d'administration.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </div>
  );
}

const DOING = { reading: 'Lecture du fichier', comparing: "Comparaison avec l'annuaire", staging: 'Écriture du rapport' };

function Rehearsing({ line: { progress } }: { line: ImportLineShown }) {
  const { doing, part, lines, rate } = progress ?? { doing: 'reading' as const, part: 0, lines: 0, rate: 0 };
  const read = count(lines, 'ligne');
  return (
    <ProgressBar
      label={fr(DOING[doing])} value={part} max={1}
      detail={rate > 0 ? fr(`${read}, ${rate.toLocaleString('fr-FR')} par seconde`) : read}
    />
  );
}

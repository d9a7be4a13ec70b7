import { useEffect, useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import type { ImportLineShown } from '../../../contract/imports.js';
import type { Me } from '../../../contract/live.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { useListing } from '../accounts/use-listing.js';
import { ImportFile } from './import-file.js';
import { PastImport } from './past-import.js';
import { RehearsedImport } from './rehearsed-import.js';
import './imports.css';

const REREAD_MS = 600;

/** Files enter the directory in two acts: rehearsed, which changes nothing; applied whole, and undone whole within a day. */
export function ImportsPanel({ me }: { me: Me }) {
  const { lines, fault, reload } = useListing<ImportLineShown>('/api/directory/imports');
  /** The one that this page has just rehearsed: shown until it is applied or given up, also when it failed. */
  const [mine, setMine] = useState<string>();
  const current = lines?.find(({ id, state }) => state === 'staging' || state === 'rehearsed' || (id === mine && state === 'failed'));
  const isMoving = current?.state === 'staging';
  useEffect(() => {
    if (!isMoving) return undefined;
    const timer = setInterval(reload, REREAD_MS);
    return () => clearInterval(timer);
  }, [isMoving, reload]);

  if (!mayAdminister(me.rights, 'import-directory')) {
    return <Notice announce={false} title={fr("L'annuaire est tenu par la communication, le SIDPC et les administrateurs.")}>{fr("Si vous devez y importer une liste, demandez-leur ce droit.")}</Notice>;
  }
  const past = lines?.filter(({ state }) => state === 'applied' || state === 'undone') ?? [];
  const over = (isKept = false) => {
    if (!isKept) setMine(undefined);
    reload();
  };
  return (
    <section className="stack imports" aria-labelledby="imports-title">
      <h2 id="imports-title">Importer un fichier</h2>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {current
        ? <RehearsedImport key={current.id} line={current} zone={me.house.timeZone} onDone={over} />
        : <ImportFile onRehearsed={(id) => { setMine(id); reload(); }} />}
      <h2>{past.length === 0 ? 'Imports passés' : count(past.length, 'import passé', 'imports passés')}</h2>
      {lines && past.length === 0 && <p className="help">{fr("Aucun encore. Commencez par le Répertoire national des élus : il dit qui est maire ; puis votre propre liste : elle dit comment le joindre.")}</p>}
      {past.map((line) => <PastImport key={line.id} line={line} zone={me.house.timeZone} onDone={over} />)}
    </section>
  );
}

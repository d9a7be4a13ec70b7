import { age, dayTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { BackupsShown } from '../../../contract/house.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { useReading } from '../accounts/use-listing.js';

/** Whether what is written here would survive this machine. */
export function BackupState({ zone }: { zone: string }) {
  const { lines: state, fault, reload } = useReading<BackupsShown>('/api/backups');
  return (
    <section className="stack" aria-labelledby="backups-title">
      <h2 id="backups-title">Sauvegardes</h2>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {state && !state.plan && (
        <Notice kind="watch" title={fr('Ce serveur ne se sauvegarde pas lui-même.')} announce={false}>
          {fr('Réglez un dossier, sur un autre disque, dans config/settings.json (« backup ») ou par la variable BACKUP_DIR. En attendant, npm run backup -- --to DOSSIER en fait une, serveur en marche.')}
        </Notice>
      )}
      {state?.failure && <Notice kind="error" title={fr(`La sauvegarde du ${dayTime(state.failure.at, zone)} a échoué ; les précédentes sont intactes.`)} announce={false}>{state.failure.said}</Notice>}
      {state?.plan && (
        <dl className="set-list">
          <div><dt>Dernière, vérifiée</dt><dd>{state.latest === null ? 'aucune encore' : dayTime(state.latest.at, zone)}</dd><dd className="dim">{state.latest === null ? '' : `il y a ${age(Math.max(0, serverClock.wall() - state.latest.at))}`}{state.running ? ' · une autre est en cours' : ''}</dd></div>
          {state.latest && <div><dt>Ce qu’elle contient</dt><dd>{fr(megabytes(state.latest.bytes))}</dd><dd className="dim">{fr(`${count(state.latest.entries, 'entrée enchaînée', 'entrées enchaînées')} et ${count(state.latest.files, 'fichier')}, relus un par un`)}</dd></div>}
          <div><dt>Dossier</dt><dd>{state.plan.folder}</dd><dd className="dim">{fr(`toutes les ${count(state.plan.everyHours, 'heure')}, ${state.plan.keep} gardées`)}</dd></div>
        </dl>
      )}
      <p className="help">{fr("Chaque sauvegarde est relue jusqu'au dernier octet avant de porter ce nom. Répétez une restauration avant la crise : npm run restore -- --from SAUVEGARDE --to UN_DOSSIER_VIDE.")}</p>
    </section>
  );
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toLocaleString('fr', { maximumFractionDigits: 1 })} Mo`;
}

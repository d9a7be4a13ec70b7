import { lackWords, trainingNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { StandingLine, TrainedLine, TrainingLine } from '../../../contract/training.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icons.js';

export const frenchDay = (day: string) => day.split('-').reverse().join('/');

/** "jusqu'au 12/01/2027", "à renouveler depuis le …", or what is missing. */
export function Standing({ standing: { holds, until, lacks, runningOut } }: { standing: StandingLine }) {
  if (holds) {
    return (
      <span className={`training-standing ${runningOut ? 'watch' : 'ok'}`}>
        <Icon shape={runningOut ? 'warn' : 'checked'} size={14} />
        <span>{fr(`${runningOut ? 'Bientôt perdue : ' : ''}jusqu'au ${frenchDay(until!)}`)}</span>
      </span>
    );
  }
  return (
    <span className={`training-standing ${until === null ? 'off' : 'over'}`}>
      <Icon shape={until === null ? 'empty' : 'missed'} size={14} />
      <span>{capital(lacks.map((lack) => lackWords[lack]).join(', '))}{until !== null && lacks.some((lack) => lack === 'cell-renewal' || lack === 'cip-refresher') && fr(` (jusqu'au ${frenchDay(until)})`)}</span>
    </span>
  );
}

interface Props {
  person: TrainedLine;
  mayWrite: boolean;
  onClose: () => void;
  onRecord: () => void;
  onCorrect: (training: TrainingLine) => void;
  onRemove: (training: TrainingLine) => void;
}

/** All that somebody followed, the latest first. */
export function PersonTrainings({ person, mayWrite, onClose, onRecord, onCorrect, onRemove }: Props) {
  return (
    <Dialog isOpen onClose={onClose} placement="side" title={person.name} actions={mayWrite && <Button kind="primary" onPress={onRecord}>Enregistrer une formation</Button>}>
      <div className="stack">
        <dl className="facts">
          <div><dt>Communication d’urgence</dt><dd><Standing standing={person.standings.cell} /></dd></div>
          <div><dt>CIP</dt><dd><Standing standing={person.standings.cip} /></dd></div>
        </dl>
        {person.trainings.length === 0 && <p className="dim">{fr('Aucune formation enregistrée.')}</p>}
        <ul className="stack-small training-list">
          {person.trainings.map((one) => (
            <li key={one.id} className="panel stack-tight">
              <b>{capital(trainingNames[one.kind])}</b>
              <span>{fr(`Suivie le ${frenchDay(one.on)}`)}</span>
              <div className="row">
                {one.certificate && <LinkButton size="small" href={`/api/training/${one.id}/certificate`} download>Attestation</LinkButton>}
                {mayWrite && <Button size="small" onPress={() => onCorrect(one)} aria-label={fr(`Corriger la formation du ${frenchDay(one.on)}`)}>Corriger</Button>}
                {mayWrite && <Button size="small" kind="danger-outline" onPress={() => onRemove(one)} aria-label={fr(`Retirer la formation du ${frenchDay(one.on)}`)}>Retirer</Button>}
              </div>
            </li>
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

import { useState } from 'react';
import { trainingNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { NewTrainingOrder, TrainedLine, TrainingLine } from '../../../contract/training.js';
import { ADMINISTRATION } from '../../../domain/administration.js';
import { TRAINING_KINDS, type TrainingKind } from '../../../domain/people/training.js';
import { post } from '../../api.js';
import { FilesField, type Attached } from '../../orders/files.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { DateField, Select } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';

interface Props {
  people: readonly TrainedLine[];
  today: string;
  /** Whose it is, where that is known; and the one that is corrected. */
  person?: string | undefined;
  training?: TrainingLine | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** One session that somebody followed, with its certificate. */
export function SessionForm({ people, today, person: whose = '', training, onClose, onDone }: Props) {
  const [person, setPerson] = useState(whose);
  const [kind, setKind] = useState<TrainingKind | ''>(training?.kind ?? '');
  const [on, setOn] = useState(training?.on ?? '');
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [busy, setBusy] = useState(false);
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const save = async () => {
    setTried(true);
    if (person === '' || kind === '' || on === '' || busy) return;
    const [file] = files;
    const order: NewTrainingOrder = { person, kind, on, ...(file ? { certificate: file.digest } : {}) };
    await attempt(async () => {
      await post(training ? `/api/training/${training.id}/correct` : '/api/training', order);
      onDone();
    });
  };
  const options = people.map(({ id, name, title }) => ({ value: id, label: title ? `${name}, ${title}` : name }));
  return (
    <Dialog
      isOpen keepsTyping onClose={onClose} title={training ? 'Corriger une formation' : 'Enregistrer une formation suivie'}
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} isDisabled={busy} onPress={() => void save()}>{training ? 'Corriger' : 'Enregistrer cette formation'}</Button></>}
    >
      <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <Select label="Personne" isRequired value={person} onChange={setPerson} options={options} placeholder="Choisir une personne" error={tried && person === '' ? fr('Choisissez la personne.') : undefined} help={fr("Un agent de l'annuaire, ou quelqu'un qui a un compte.")} />
        <Select label="Formation" isRequired value={kind} onChange={setKind} options={TRAINING_KINDS.map((one) => ({ value: one, label: capital(trainingNames[one]) }))} error={tried && kind === '' ? fr('Choisissez la formation.') : undefined} />
        <DateField label="Suivie le" isRequired value={on} onChange={setOn} max={today} error={tried && on === '' ? fr('Donnez le jour.') : undefined} />
        <div className="stack-tight">
          <span className="label">Attestation</span>
          <p className="help">{fr(training?.certificate ? "Celle qui est là reste, sauf si vous en joignez une autre. PDF ou JPEG." : 'Facultative. PDF ou JPEG ; gardée au coffre, avec cette formation.')}</p>
          <FilesField activation={ADMINISTRATION} files={files} onChange={(all) => setFiles(all.slice(-1))} onBusy={setBusy}>Joindre l’attestation</FilesField>
        </div>
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

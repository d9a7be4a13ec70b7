import { useState, type SubmitEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { ScreenOpening } from '../../../contract/people.js';
import { post } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';

/** A name is all that it takes; the address is shown next. */
export function NewScreen({ onClose, onAdded }: { onClose: () => void; onAdded: (opening: ScreenOpening) => void }) {
  const [name, setName] = useState('');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const add = async () => {
    setTried(true);
    if (name.trim() !== '') await attempt(async () => onAdded(await post<ScreenOpening>('/api/screens', { name })));
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void add();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title="Ajouter un écran de mur"
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void add()}>{fr("Montrer son adresse")}</Button></>}
    >
      <form className="stack" onSubmit={onSubmit} noValidate>
        <TextField
          label={fr("Où est l'écran")} value={name} onChange={setName} isRequired maxLength={120} autoComplete="off" help={fr('Par exemple « Salle du COD ».')}
          error={tried && name.trim() === '' ? fr('Donnez-lui un nom.') : undefined}
        />
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

import { useState, type SubmitEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { Invited } from '../../../contract/people.js';
import type { Right } from '../../../domain/entry.js';
import { post } from '../../api.js';
import { useAccess } from '../access/use-access.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { PersonFields, personFaults } from './person-fields.js';
import { RightsChoice } from './rights-choice.js';

/** A person, their rights, and an invitation to hand over: nobody but them ever knows their password. */
export function NewAccount({ onClose, onCreated }: { onClose: () => void; onCreated: (invited: Invited, name: string) => void }) {
  const [person, setPerson] = useState({ login: '', name: '', title: '' });
  const [rights, setRights] = useState<Right[]>([]);
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const create = async () => {
    setTried(true);
    if (Object.keys(personFaults(person)).length > 0) return;
    await attempt(async () => onCreated(await post<Invited>('/api/accounts', { ...person, rights }), person.name));
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void create();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title="Créer un compte" placement="side"
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void create()}>{fr("Créer et obtenir l'invitation")}</Button></>}
    >
      <form className="stack" onSubmit={onSubmit} noValidate>
        <PersonFields person={person} onChange={setPerson} tried={tried} />
        <RightsChoice legend="Droits" chosen={rights} onChange={setRights} />
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

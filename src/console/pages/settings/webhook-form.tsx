import { useState, type SubmitEvent } from 'react';
import { EVENT_GROUPS, eventNames, TOLD_TYPES } from '../../../contract/event-names.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { WebhookIssued, WebhookLine } from '../../../contract/webhooks.js';
import type { EventType } from '../../../domain/events.js';
import { post } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import '../accounts/rights.css';

interface Props {
  /** Absent: a new one. */
  line: WebhookLine | undefined;
  onClose: () => void;
  onDone: (name: string, issued: WebhookIssued | undefined) => void;
}

/** Where an integration is told, and of what. */
export function WebhookForm({ line, onClose, onDone }: Props) {
  const [name, setName] = useState(line?.name ?? '');
  const [url, setUrl] = useState(line?.url ?? '');
  const [all, setAll] = useState(line?.events === undefined || line.events === null);
  const [events, setEvents] = useState<readonly EventType[]>(line?.events ?? []);
  const [from, setFrom] = useState<'now' | 'running'>('now');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const isReady = name.trim() !== '' && url.trim() !== '' && (all || events.length > 0);
  const save = async () => {
    setTried(true);
    if (!isReady) return;
    const wanted = { name, url, events: all ? null : events };
    await attempt(async () => {
      const issued = line ? await post<undefined>(`/api/webhooks/${line.id}/change`, wanted) : await post<WebhookIssued>('/api/webhooks', { ...wanted, from });
      onDone(name.trim(), issued);
    });
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void save();
  };
  const choose = (type: EventType, selected: boolean) => setEvents(TOLD_TYPES.filter((one) => (one === type ? selected : events.includes(one))));
  return (
    <Dialog
      isOpen keepsTyping onClose={onClose} title={fr(line ? `Modifier « ${line.name} »` : 'Ajouter une intégration')}
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void save()}>{line ? 'Enregistrer' : 'Ajouter et montrer son secret'}</Button></>}
    >
      <form className="stack" onSubmit={onSubmit} noValidate>
        <TextField
          label="Nom" value={name} onChange={setName} isRequired maxLength={120} autoComplete="off" help={fr('Par exemple « COZ, main courante zonale ».')}
          error={tried && name.trim() === '' ? fr('Donnez-lui un nom.') : undefined}
        />
        <TextField
          label="Adresse" type="url" value={url} onChange={setUrl} isRequired maxLength={2_000} autoComplete="off"
          help={fr("En https. Une adresse privée, ou en http, doit d'abord être listée par l'exploitant (OUTSIDE_ALLOWED).")}
          error={tried && url.trim() === '' ? fr('Donnez une adresse.') : undefined}
        />
        <RadioGroup
          label="Ce qui lui est dit" framed value={all ? 'all' : 'some'} onChange={(value) => setAll(value === 'all')}
          options={[{ value: 'all', label: 'Tous les événements' }, { value: 'some', label: 'Certains' }]}
        />
        {!all && EVENT_GROUPS.map(({ title, types }) => (
          <fieldset key={title} className="rights webhook-events">
            <legend className="label">{fr(title)}</legend>
            {types.map((type) => <Checkbox key={type} isSelected={events.includes(type)} onChange={(selected) => choose(type, selected)}>{capital(eventNames[type])}</Checkbox>)}
          </fieldset>
        ))}
        {!all && tried && events.length === 0 && <p className="fault" role="alert">{fr('Choisissez au moins un événement.')}</p>}
        {!line && (
          <RadioGroup
            label="À partir de quand" value={from} onChange={setFrom}
            options={[
              { value: 'now', label: fr("À partir de maintenant : les entrées à venir, et les activations qui s'ouvriront") },
              { value: 'running', label: 'Depuis le début des activations en cours' },
            ]}
          />
        )}
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

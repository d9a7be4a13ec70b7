import { useState } from 'react';
import { functionNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import type { CalendarLine, NewCalendarOrder } from '../../../contract/on-call.js';
import { coversWords } from '../../../contract/on-call-words.js';
import { FUNCTIONS, type FunctionCode } from '../../../domain/entry.js';
import { COVERS, type Covers } from '../../../domain/on-call/calendar.js';
import { post } from '../../api.js';
import { Button, FileButton } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { Dialog } from '../../ui/dialog.js';
import { Select, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';
import { readText } from './read-text.js';

interface Props {
  /** Absent: a new one. */
  line: CalendarLine | undefined;
  onClose: () => void;
  onDone: () => void;
}

/** A calendar of one function, by its address or as a file. */
export function CalendarForm({ line, onClose, onDone }: Props) {
  const [code, setCode] = useState<FunctionCode | ''>(line?.function ?? '');
  const [name, setName] = useState(line?.name ?? '');
  const [covers, setCovers] = useState<Covers>(line?.covers ?? 'always');
  const [from, setFrom] = useState<'keep' | 'url' | 'file'>(line ? 'keep' : 'url');
  const [url, setUrl] = useState('');
  const [file, setFile] = useState<{ name: string; content: string }>();
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const isReady = code !== '' && name.trim() !== '' && (from === 'keep' || (from === 'url' ? url.trim() !== '' : file !== undefined));
  const save = async () => {
    setTried(true);
    if (!isReady) return;
    const order: NewCalendarOrder = { function: code, name, covers, ...(from === 'url' ? { url } : {}), ...(from === 'file' ? { content: file!.content } : {}) };
    await attempt(async () => {
      await post(line ? `/api/calendars/${line.id}/change` : '/api/calendars', order);
      onDone();
    });
  };
  return (
    <Dialog
      isOpen keepsTyping onClose={onClose} title={fr(line ? `Modifier « ${line.name} »` : "Ajouter un calendrier d'astreinte")}
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void save()}>{line ? 'Enregistrer' : 'Ajouter ce calendrier'}</Button></>}
    >
      <form className="stack" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
        <Select
          label="Fonction" isRequired value={code} onChange={setCode} options={FUNCTIONS.map((one) => ({ value: one, label: `${one}, ${functionNames[one]}` }))}
          error={tried && code === '' ? fr('Choisissez la fonction.') : undefined}
        />
        <TextField
          label="Nom" value={name} onChange={setName} isRequired maxLength={120} autoComplete="off" help={fr('Par exemple « Astreinte communication 2026 ».')}
          error={tried && name.trim() === '' ? fr('Donnez-lui un nom.') : undefined}
        />
        <RadioGroup
          label={fr("D'où il vient")} value={from} onChange={setFrom}
          options={[
            ...(line ? [{ value: 'keep' as const, label: fr(line.host === null ? 'Le fichier déjà là' : `L'adresse déjà là (${line.host})`) }] : []),
            { value: 'url', label: 'Une adresse', help: fr("Relue toutes les heures. Dans Outlook : Calendriers partagés, Publier, lien ICS.") },
            { value: 'file', label: 'Un fichier .ics', help: fr("Ne change que si vous en déposez un autre.") },
          ]}
        />
        {from === 'url' && (
          <TextField
            label="Adresse" type="url" value={url} onChange={setUrl} isRequired maxLength={2_000} autoComplete="off" help={fr("En https ou webcal. Elle n'est plus jamais montrée ensuite : c'est souvent un secret.")}
            error={tried && url.trim() === '' ? fr('Donnez une adresse.') : undefined}
          />
        )}
        {from === 'file' && (
          <div className="row">
            <FileButton accept={['.ics', 'text/calendar']} onFiles={([one]) => void readText(one!).then((content) => setFile({ name: one!.name, content }))}>Choisir un fichier</FileButton>
            <span>{file?.name ?? (tried ? fr('Choisissez un fichier.') : '')}</span>
          </div>
        )}
        <RadioGroup label={fr('Quand il faut quelqu’un')} framed value={covers} onChange={setCovers} options={COVERS.map((one) => ({ value: one, label: capital(coversWords[one]) }))} />
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

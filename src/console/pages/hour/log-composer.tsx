import { useState, type KeyboardEvent } from 'react';
import { MAX_TEXT } from '../../../contract/forms.js';
import { fr } from '../../../contract/french-typography.js';
import { mayIssue } from '../../../domain/rights.js';
import { toInstant } from '../../../domain/time.js';
import { CircumstancesFields, HERE_AND_NOW, readCircumstances, WHICH_TIME, type Circumstances } from '../../orders/circumstances.js';
import { useDraft } from '../../orders/draft.js';
import { FilesField, type Attached } from '../../orders/files.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { TextArea } from '../../ui/fields.js';
import { LocalInstantField, noInstant, readLocal, type LocalInstant } from '../local-instant.js';
import type { HourProps } from './hour-props.js';

/** One field; Enter writes the entry, Shift+Enter begins a line. The rest unfolds on demand. */
export function LogComposer({ board, me, corrects, onDone }: Pick<HourProps, 'board' | 'me'> & { corrects?: number; onDone?: () => void }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const [text, setText] = useDraft(`${activation.id} note ${corrects ?? ''}`);
  const [more, setMore] = useState(false);
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [busy, setBusy] = useState(false);
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const [promised, setPromised] = useState<LocalInstant>(noInstant);
  const [direction, setDirection] = useState(false);
  const name = direction ? 'log-direction-note' : 'log-note';
  if (!mayIssue(me.rights, 'log-note', activation.lane) || activation.life === 'sealed' || activation.life === 'cancelled') {
    return <p className="help">{fr(activation.life === 'sealed' ? 'Scellée : la main courante ne change plus.' : 'Vous lisez la main courante.')}</p>;
  }
  const give = async () => {
    if (text.trim() === '' || busy) return;
    const circumstances = readCircumstances(when, activation.timeZone);
    const until = readLocal(promised, activation.timeZone);
    if (!circumstances || (until.is !== 'instant' && until.is !== 'empty')) return giving.setFault({ sentence: WHICH_TIME });
    const given = await giving.give(name, {
      text, attachments: files.map((file) => file.digest), ...circumstances, ...(corrects === undefined ? {} : { corrects }),
      ...(until.is === 'instant' ? { promisedFor: toInstant(until.at) } : {}),
    });
    if (!given) return;
    setText('');
    setFiles([]);
    setWhen(HERE_AND_NOW);
    setPromised(noInstant);
    setDirection(false);
    setMore(false);
    onDone?.();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    void give();
  };
  return (
    <div className={`composer${more ? ' open' : ''}`}>
      <TextArea
        label={corrects === undefined ? 'Ajouter une entrée' : fr(`Corriger l'entrée ${corrects}`)} hideLabel value={text} onChange={setText} rows={more || text.includes('\n') || text.length > 60 ? 3 : 1} maxLength={MAX_TEXT}
        placeholder={fr(corrects === undefined ? 'Ajouter une entrée, Entrée valide' : 'La version exacte ; l’entrée corrigée reste au journal')} onKeyDown={onKeyDown}
      />
      {more && (
        <>
          <CircumstancesFields activation={activation} value={when} onChange={setWhen} />
          <LocalInstantField label={fr('Annoncé pour')} zone={activation.timeZone} value={promised} onChange={setPromised} help={fr('« Prochain point à 04:30 » : rappelé tant que ce n’est pas tenu.')} />
          <FilesField activation={activation.id} files={files} onChange={setFiles} onBusy={setBusy}>Joindre un fichier</FilesField>
          {mayIssue(me.rights, 'log-direction-note', activation.lane) && (
            <Checkbox isSelected={direction} onChange={setDirection} help={fr('La cellule voit qu’une entrée existe, pas ce qu’elle dit.')}>Réservée à la direction</Checkbox>
          )}
        </>
      )}
      <FaultNotice giving={giving} />
      <div className="composer-row">
        <button type="button" className="bare-link" aria-expanded={more} onClick={() => setMore(!more)}>{fr(more ? 'Moins' : 'Heure, fichier, annonce…')}</button>
        {(text.trim() !== '' || more) && <Button size="small" isPending={giving.pending} isDisabled={busy || text.trim() === ''} onPress={() => void give()}>{corrects === undefined ? 'Ajouter' : 'Corriger'}</Button>}
      </div>
    </div>
  );
}

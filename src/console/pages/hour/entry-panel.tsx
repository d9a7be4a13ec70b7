import { useState } from 'react';
import { behalfNames, describeEntry } from '../../../contract/french.js';
import { dayTime } from '../../../contract/french-times.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { mayIssue } from '../../../domain/rights.js';
import { sealedIn } from '../../../domain/evidence/sealed.js';
import { isSeen } from '../../board.js';
import { useEntries } from '../../orders/entries.js';
import { useNames } from '../../orders/names.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { TextArea } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { FileLink } from './evidence-list.js';
import type { HourProps } from './hour-props.js';
import { LogComposer } from './log-composer.js';

/** One entry of the journal in full, and what may be done about it: correct, confirm, keep the promise, erase. */
export function EntryPanel({ seq, onClose, ...props }: HourProps & { seq: number; onClose: () => void }) {
  const { board, me } = props;
  const { activation } = board;
  const giving = useOrder(activation);
  const names = useNames(board);
  const entry = useEntries(board, [seq])[0];
  const [correcting, setCorrecting] = useState(false);
  const [erasing, setErasing] = useState<string>();
  const may = (type: Parameters<typeof mayIssue>[1]) => mayIssue(me.rights, type, activation.lane) && activation.life !== 'sealed' && activation.life !== 'cancelled';
  const oral = activation.orals.find((one) => one.seq === seq);
  const promise = activation.promises.find((one) => one.seq === seq);
  const zone = activation.timeZone;
  if (!entry) return <Dialog isOpen onClose={onClose} placement="side" title={fr(`Entrée ${seq}`)}><p className="dim">Chargement…</p></Dialog>;
  if (!isSeen(entry)) return <Dialog isOpen onClose={onClose} placement="side" title={fr(`Entrée ${seq}`)}><p>{describeEntry(entry, names)}</p></Dialog>;
  const sealed = sealedIn(entry.payload);
  const facts: [string, string | undefined][] = [
    ["S'est passé", dayTime(entry.occurredAt, zone)],
    ['Écrit', dayTime(entry.recordedAt, zone)],
    ['Heure réelle', entry.wallAt && dayTime(entry.wallAt, zone)],
    ['Par', names.person(entry.by)],
    ['Pour', entry.for && behalfNames[entry.for]],
    ['Corrige', entry.corrects === undefined ? undefined : `l'entrée ${entry.corrects}`],
    ['Annoncé pour', promise && `${dayTime(promise.promisedFor, zone)}${promise.kept ? ', tenu' : ''}`],
    ['Oral', oral && (oral.confirmedBy ? `confirmé par ${names.person(oral.confirmedBy)}, entrée ${oral.confirmedSeq}` : 'à confirmer')],
  ];
  return (
    <Dialog isOpen onClose={onClose} placement="side" title={fr(`Entrée ${seq}`)}>
      <p className="entry-text">{describeEntry(entry, names)}</p>
      <dl className="step-facts">{facts.map(([name, value]) => value && <div key={name}><dt>{fr(name)}</dt><dd>{fr(value)}</dd></div>)}</dl>
      {sealed.filter((one) => one.mime !== undefined).map((file) => <FileLink key={file.digest} board={board} file={file} />)}
      <FaultNotice giving={giving} />
      <div className="row">
        {oral && oral.confirmedBy === undefined && may('confirm-oral') && (oral.for !== 'prefet' || me.rights.includes('prefet')) && (
          <Button kind="primary" isPending={giving.pending} onPress={() => void giving.give('confirm-oral', { entry: seq })}>Confirmer</Button>
        )}
        {promise && !promise.kept && may('keep-promise') && <Button kind="primary" isPending={giving.pending} onPress={() => void giving.give('keep-promise', { entry: seq })}>Annonce tenue</Button>}
        {may('log-note') && !correcting && <Button onPress={() => setCorrecting(true)}>{fr('Corriger par une nouvelle entrée')}</Button>}
      </div>
      {correcting && <LogComposer board={board} me={me} corrects={seq} onDone={() => setCorrecting(false)} />}
      {mayIssue(me.rights, 'erase-text', activation.lane) && sealed.length > 0 && (
        <section className="erase">
          <h3>Effacer un contenu</h3>
          <p className="help">{fr("Pour protéger une personne : le contenu et son sel sont détruits, l'entrée et la chaîne restent.")}</p>
          {sealed.map((one) => (one.digest in activation.erased
            ? <p key={one.digest} className="dim">{fr(`Effacé par l'entrée ${activation.erased[one.digest]}.`)}</p>
            : <Button key={one.digest} size="small" kind="danger-outline" onPress={() => setErasing(one.digest)}>{fr(`Effacer ${one.mime ? 'ce fichier' : 'ce texte'}…`)}</Button>))}
        </section>
      )}
      {erasing && <Erase board={board} digest={erasing} onClose={() => setErasing(undefined)} />}
    </Dialog>
  );
}

function Erase({ board, digest, onClose }: Pick<HourProps, 'board'> & { digest: string; onClose: () => void }) {
  const giving = useOrder(board.activation);
  const [reason, setReason] = useState('');
  const give = async () => {
    if (reason.trim() === '') {
      giving.setFault({ sentence: fr('Donnez le motif : il reste au journal.') });
      return false;
    }
    return giving.give('erase-text', { digest, reason });
  };
  return (
    <OrderDialog title="Effacer ce contenu ?" onClose={onClose} giving={giving} action="Effacer définitivement" kind="danger" onGive={give}>
      <Notice kind="watch" announce={false} title={fr('Cela ne se défait pas.')}>{fr(`Plus personne ne pourra le lire, ni ici, ni dans un export. ${capital('le journal dira')} qu'il a été effacé, par qui et pourquoi.`)}</Notice>
      <TextArea label="Motif" value={reason} onChange={setReason} rows={2} isRequired autoFocus />
    </OrderDialog>
  );
}

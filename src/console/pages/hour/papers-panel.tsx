import { useState } from 'react';
import { lifeWords } from '../../../contract/french.js';
import { clockTime, dayTime } from '../../../contract/french-times.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import { DECIDERS, mayExport, mayIssue } from '../../../domain/rights.js';
import { stepsShown } from '../../../domain/views/steps.js';
import { timeInside } from '../../live.js';
import { CircumstancesFields, HERE_AND_NOW, readCircumstances, WHICH_TIME, type Circumstances } from '../../orders/circumstances.js';
import { OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button, LinkButton } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { Dialog } from '../../ui/dialog.js';
import { TextArea } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { FileLink } from './evidence-list.js';
import type { HourProps } from './hour-props.js';

type Asked = 'end' | 'seal' | 'mistake';

/** To print, to export, to end, to seal: and what happened to the machine meanwhile. */
export function PapersPanel({ onClose, ...props }: HourProps & { onClose: () => void }) {
  const { board, me } = props;
  const { activation } = board;
  const [asked, setAsked] = useState<Asked>();
  const zone = activation.timeZone;
  const may = (type: 'end' | 'seal' | 'cancel-opening') => mayIssue(me.rights, type, activation.lane);
  return (
    <Dialog isOpen onClose={onClose} placement="side" title="Papiers et fin">
      <section className="stack-small">
        <h3>Imprimer, exporter</h3>
        <LinkButton href={`/api/activations/${activation.id}/page.html`} target="_blank">{fr("La page de l'heure, à imprimer")}</LinkButton>
        <LinkButton href={`/api/paper-plan.html?activation=${activation.id}`} target="_blank">Un plan papier vierge, avec les heures</LinkButton>
        {mayExport(me.rights, activation.lane)
          ? <LinkButton href={`/api/activations/${activation.id}/export.zip`} download>{fr("L'export à vérifier (ZIP)")}</LinkButton>
          : <p className="help">{fr("L'export à vérifier se demande au préfet, au directeur ou à l'auditeur.")}</p>}
        {activation.statement.written.map((written) => (
          <p key={written.seq}>{fr(`Constat de ${clockTime(written.dueAt, zone)} : `)}<FileLink board={board} file={written.file} /></p>
        ))}
      </section>
      <section className="stack-small">
        <h3>{fr(`Activation ${lifeWords[activation.life]}`)}</h3>
        {activation.endedAt !== undefined && <p>{fr(`Depuis le ${dayTime(activation.sealedAt ?? activation.endedAt, zone)}.`)}</p>}
        {activation.life === 'running' && may('end') && <Button kind="danger-outline" onPress={() => setAsked('end')}>{fr("Terminer l'activation…")}</Button>}
        {activation.life === 'ended' && may('seal') && <Button kind="danger-outline" onPress={() => setAsked('seal')}>{fr("Sceller l'activation…")}</Button>}
        {activation.life === 'ended' && <p className="help">{fr("Terminée : horloges et envois sont arrêtés. La revue peut encore écrire jusqu'au scellement.")}</p>}
        {(activation.life === 'running' || activation.life === 'ended') && may('cancel-opening') && <Button kind="tertiary" onPress={() => setAsked('mistake')}>Ouverte par erreur…</Button>}
      </section>
      <Outages {...props} />
      {asked === 'end' && <End {...props} onClose={() => setAsked(undefined)} />}
      {asked === 'seal' && <Seal {...props} onClose={() => setAsked(undefined)} />}
      {asked === 'mistake' && <Mistake {...props} onClose={() => setAsked(undefined)} />}
    </Dialog>
  );
}

function Outages({ board: { activation: { outages, timeZone } }, open }: HourProps) {
  if (outages.length === 0) return null;
  return (
    <section className="stack-small">
      <h3>Interruptions du service</h3>
      <ul>
        {outages.map(({ from, to, seq }) => (
          <li key={seq}><button type="button" className="bare-link" onClick={() => open({ open: 'entry', seq })}>{fr(`de ${clockTime(from, timeZone)} à ${clockTime(to, timeZone)}`)}</button></li>
        ))}
      </ul>
    </section>
  );
}

function End({ board: { activation }, me, onClose }: HourProps & { onClose: () => void }) {
  const giving = useOrder(activation);
  const mine = DECIDERS.some((right) => me.rights.includes(right)) || (activation.lane === 'exercise' && me.rights.includes('planificateur'));
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const [oral, setOral] = useState<'prefet' | 'directeur' | ''>('');
  const left = stepsShown(activation, timeInside(activation)).filter(({ word, step }) => word !== 'apart' && (step.status === 'todo' || step.status === 'under-way'));
  const give = async () => {
    const circumstances = readCircumstances({ ...when, behalf: 'me' }, activation.timeZone);
    if (!circumstances || (!mine && oral === '')) {
      giving.setFault({ sentence: circumstances ? fr('Dites qui a décidé la fin.') : WHICH_TIME });
      return false;
    }
    return giving.give('end', { ...circumstances, ...(mine || oral === '' ? {} : { for: oral }) });
  };
  return (
    <OrderDialog title="Terminer l'activation ?" onClose={onClose} giving={giving} action={activation.lane === 'exercise' ? "Terminer (exercice)" : "Terminer l'activation"} kind="danger" onGive={give}>
      <p>{fr('Les horloges et les envois s’arrêtent. Les verdicts deviennent ceux de la fin ; la revue peut encore écrire jusqu’au scellement. Cela ne se défait pas.')}</p>
      {left.length > 0 && (
        <Notice kind="watch" announce={false} title={fr(`${count(left.length, 'étape reste ouverte', 'étapes restent ouvertes')} : celles qui ont une échéance deviendront « manqué ».`)}>
          {left.map(({ row }) => row.id).join(', ')}
        </Notice>
      )}
      {!mine && (
        <RadioGroup
          label="Qui a décidé la fin, de vive voix" value={oral} onChange={setOral} framed isRequired
          options={[{ value: 'directeur', label: 'Le directeur de cabinet' }, { value: 'prefet', label: 'Le préfet' }]}
        />
      )}
      <CircumstancesFields activation={activation} value={when} onChange={setWhen} timeLabel="Heure de la fin" />
    </OrderDialog>
  );
}

function Seal({ board: { activation }, onClose }: HourProps & { onClose: () => void }) {
  const giving = useOrder(activation);
  const promises = activation.promises.filter((promise) => !promise.kept).length;
  const orals = activation.orals.filter((oral) => oral.confirmedBy === undefined).length;
  return (
    <OrderDialog title="Sceller l'activation ?" onClose={onClose} giving={giving} action="Sceller : le journal ne changera plus" kind="danger" onGive={() => giving.give('seal', {})}>
      <p>{fr('Plus aucune entrée ne pourra être écrite, pas même une correction. Cela ne se défait pas.')}</p>
      {(orals > 0 || promises > 0) && (
        <Notice kind="watch" announce={false} title={fr(`Restent ${count(orals, 'décision orale', 'décisions orales')} à confirmer et ${count(promises, 'annonce')} à tenir.`)} />
      )}
    </OrderDialog>
  );
}

function Mistake({ board: { activation }, onClose }: HourProps & { onClose: () => void }) {
  const giving = useOrder(activation);
  const [reason, setReason] = useState('');
  const give = async () => {
    if (reason.trim() === '') {
      giving.setFault({ sentence: fr('Donnez le motif : il reste au journal.') });
      return false;
    }
    return giving.give('cancel-opening', { reason });
  };
  return (
    <OrderDialog title="Ouverte par erreur ?" onClose={onClose} giving={giving} action="Déclarer l'ouverture par erreur" kind="danger" onGive={give}>
      <p>{fr(`${capital("l'activation")} s'arrête, ${activation.synergi ? `le numéro SYNERGI ${activation.synergi.number} redevient libre, ` : ''}et elle quitte les chiffres de l'année. Son journal reste. Cela ne se défait pas.`)}</p>
      <TextArea label="Motif" value={reason} onChange={setReason} rows={2} isRequired autoFocus />
    </OrderDialog>
  );
}

import { useState } from 'react';
import { clockNames, refusalSentences } from '../../../contract/french.js';
import { clockTime, dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import type { ClockId } from '../../../domain/plan/plan.js';
import { DECIDERS } from '../../../domain/rights.js';
import type { Activation } from '../../../domain/state.js';
import { toInstant, type Ms } from '../../../domain/time.js';
import { timeInside } from '../../live.js';
import { WHICH_TIME } from '../../orders/circumstances.js';
import { OrderDialog } from '../../orders/order-form.js';
import { useOrder, type Fault } from '../../orders/use-order.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { TextArea, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { LocalInstantField, localOf, noInstant, readLocal, type LocalInstant } from '../local-instant.js';

export interface ClockDialogProps {
  activation: Readonly<Activation>;
  me: Me;
  onClose: () => void;
}

const isOld = (fault: Fault | undefined) => fault?.problem?.refused === 't0-old';
const WHEN_NEEDED = fr("Donnez l'heure, telle que SYNERGI ou la personne la dit.");

/** Asked once, when the server says that this T0 is more than 24 hours old. */
function ConfirmOld({ fault, value, onChange }: { fault: Fault | undefined; value: boolean; onChange: (value: boolean) => void }) {
  if (!isOld(fault) && !value) return null;
  return <Checkbox isSelected={value} onChange={onChange}>Oui, ce T0 date bien de plus de 24 heures</Checkbox>;
}

/** T0 as SYNERGI has it: the time and, if it is known, the number, each by its own entry. */
export function DeclareT0({ activation, onClose, clock }: ClockDialogProps & { clock: 'cod' | 'important' | 'ciav' }) {
  const giving = useOrder(activation);
  const zone = activation.timeZone;
  const [t0, setT0] = useState<LocalInstant>(() => localOf(timeInside(activation), zone));
  const [number, setNumber] = useState('');
  const [confirmOld, setConfirmOld] = useState(false);
  const give = async () => {
    const read = readLocal(t0, zone);
    if (read.is !== 'instant') {
      giving.setFault({ sentence: WHEN_NEEDED });
      return false;
    }
    if (!(await giving.give('start-clock', { clock, t0: toInstant(read.at), ...(confirmOld ? { confirmOld } : {}) }))) return false;
    return number.trim() === '' || giving.give('record-synergi-number', { number });
  };
  return (
    <OrderDialog
      title={clock === 'ciav' ? 'Ouverture de la CIAV' : `Déclarer ${clockNames[clock]}`} onClose={onClose} giving={giving}
      action="Démarrer l'horloge" onGive={give} onFault={<ConfirmOld fault={giving.fault} value={confirmOld} onChange={setConfirmOld} />}
    >
      <p>{fr(clock === 'cod'
        ? "L'heure court depuis le temps inscrit dans SYNERGI, pas depuis votre saisie. Tout ce qui est déjà fait garde sa place."
        : clock === 'ciav' ? "L'heure à laquelle la CIAV a ouvert son numéro : il change à chaque crise."
          : "L'heure à laquelle l'événement a été reconnu important.")}</p>
      <LocalInstantField label={clock === 'cod' ? fr("Heure d'activation dans SYNERGI") : 'Heure'} zone={zone} value={t0} onChange={setT0} isRequired />
      {clock === 'cod' && !activation.synergi && (
        <TextField label={fr("Numéro d'événement SYNERGI")} value={number} onChange={setNumber} code help="Vide : il pourra venir plus tard." />
      )}
    </OrderDialog>
  );
}

/** Every deadline follows; both versions are kept. */
export function CorrectT0({ activation, onClose, clock, proposed }: ClockDialogProps & { clock: ClockId; proposed?: Ms | undefined }) {
  const giving = useOrder(activation);
  const zone = activation.timeZone;
  const known = activation.clocks[clock]!;
  const last = known.versions.at(-1)!;
  const [t0, setT0] = useState<LocalInstant>(() => localOf(proposed ?? known.t0, zone));
  const [reason, setReason] = useState('');
  const [confirmOld, setConfirmOld] = useState(false);
  // The version under one's eyes when the dialog opened; a refusal shows the new one, and it is then that which is seen.
  const [seen, setSeen] = useState(last.seq);
  const give = async () => {
    const read = readLocal(t0, zone);
    if (read.is !== 'instant') {
      giving.setFault({ sentence: WHEN_NEEDED });
      return false;
    }
    if (reason.trim() === '') {
      giving.setFault({ sentence: fr("Donnez le motif : il reste au journal, à côté des deux heures.") });
      return false;
    }
    const done = await giving.give('correct-clock', { clock, t0: toInstant(read.at), reason, seen, ...(confirmOld ? { confirmOld } : {}) });
    if (!done) setSeen(last.seq);
    return done;
  };
  return (
    <OrderDialog
      title={`Corriger ${clockNames[clock]}`} onClose={onClose} giving={giving} action="Corriger : toutes les échéances suivent" onGive={give}
      onFault={<ConfirmOld fault={giving.fault} value={confirmOld} onChange={setConfirmOld} />}
    >
      <ClockVersions activation={activation} clock={clock} />
      <LocalInstantField label={fr('T0 exact')} zone={zone} value={t0} onChange={setT0} isRequired />
      <TextArea label="Motif" value={reason} onChange={setReason} rows={2} isRequired />
    </OrderDialog>
  );
}

/** What was declared, when we learnt it, and why it changed: nothing is overwritten. */
export function ClockVersions({ activation, clock }: { activation: Readonly<Activation>; clock: ClockId }) {
  const known = activation.clocks[clock];
  if (!known) return null;
  const zone = activation.timeZone;
  return (
    <ol className="versions" aria-label={fr(`Versions de ${clockNames[clock]}`)}>
      {known.versions.map((version, i) => (
        <li key={version.seq}>
          <b>{dayTime(version.t0, zone)}</b>{' '}
          <span className="dim">{fr(`${i === 0 ? 'saisi' : 'corrigé'} à ${clockTime(version.recordedAt, zone)}, entrée ${version.seq}`)}</span>
          {version.aheadMs !== undefined && <span className="dim">{fr(`, en avance de ${Math.ceil(version.aheadMs / 1000)} s sur notre horloge`)}</span>}
        </li>
      ))}
      {known.spokenAt !== undefined && <li><span className="dim">{fr(`Dit à ${clockTime(known.spokenAt, zone)} : cela ne démarre rien.`)}</span></li>}
    </ol>
  );
}

/** 50.1: the written order starts the CIP's clock; the spoken one is kept beside it. */
export function OrderNu({ activation, me, onClose }: ClockDialogProps) {
  const giving = useOrder(activation);
  const zone = activation.timeZone;
  const mine = DECIDERS.some((right) => me.rights.includes(right)) || (activation.lane === 'exercise' && me.rights.includes('planificateur'));
  const [written, setWritten] = useState<LocalInstant>(() => localOf(timeInside(activation), zone));
  const [spoken, setSpoken] = useState<LocalInstant>(noInstant);
  const [behalf, setBehalf] = useState<'me' | 'prefet' | 'directeur' | ''>(mine ? 'me' : '');
  const [confirmOld, setConfirmOld] = useState(false);
  const give = async () => {
    const [w, s] = [readLocal(written, zone), readLocal(spoken, zone)];
    if (w.is !== 'instant' || (s.is !== 'instant' && s.is !== 'empty')) {
      giving.setFault({ sentence: WHICH_TIME });
      return false;
    }
    if (behalf === '') {
      giving.setFault({ sentence: refusalSentences['visa-needed']({}, zone) });
      return false;
    }
    return giving.give('order-nu', {
      writtenAt: toInstant(w.at), ...(s.is === 'instant' ? { spokenAt: toInstant(s.at) } : {}), ...(behalf === 'me' ? {} : { for: behalf }),
      ...(confirmOld ? { confirmOld } : {}),
    });
  };
  return (
    <OrderDialog
      title="Ordonner le numéro unique" onClose={onClose} giving={giving} onGive={give}
      action={activation.lane === 'exercise' ? "Écrire l'ordre (exercice)" : "Écrire l'ordre : l'horloge démarre"}
      onFault={<ConfirmOld fault={giving.fault} value={confirmOld} onChange={setConfirmOld} />}
    >
      <p>{fr(`L'ordre écrit démarre une seconde horloge de ${activation.plan.minutes.nu} min. L'heure à laquelle il a été dit est gardée à côté et ne démarre rien.`)}</p>
      <RadioGroup
        label="Qui ordonne" value={behalf} onChange={setBehalf} isRequired
        options={[
          ...(mine ? [{ value: 'me' as const, label: 'Moi-même' }] : []),
          { value: 'prefet', label: 'Le préfet, oralement', help: fr('Vous l’enregistrez pour lui ; il confirmera.') },
          { value: 'directeur', label: 'Le directeur de cabinet, oralement', help: fr('Vous l’enregistrez pour lui ; il confirmera.') },
        ]}
      />
      <LocalInstantField label={fr("Heure de l'ordre écrit")} zone={zone} value={written} onChange={setWritten} isRequired />
      <LocalInstantField label={fr("Heure à laquelle il a été dit")} zone={zone} value={spoken} onChange={setSpoken} help="Si elle diffère." />
      {activation.life !== 'running' && <Notice kind="watch" announce={false} title={fr("L'activation est terminée : cet ordre sera refusé.")} />}
    </OrderDialog>
  );
}


import { useState } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { DECIDERS, FIVE } from '../../../domain/rights.js';
import { CircumstancesFields, HERE_AND_NOW, readCircumstances, WHICH_TIME, type Circumstances } from '../../orders/circumstances.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { TextArea } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { TextShown } from './step-text.js';
import { StepFacts } from './step-facts.js';
import type { StepProps } from './step-props.js';

/** One reads, then approves that very version; what the préfet or the directeur said is recorded for them. */
export function StepVisa(props: StepProps) {
  const { board, me, shown } = props;
  const { activation } = board;
  const { row, step } = shown;
  const giving = useOrder(activation);
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const [oral, setOral] = useState<'prefet' | 'directeur' | ''>('');
  const [back, setBack] = useState(false);
  const exercise = activation.lane === 'exercise';
  const mine = DECIDERS.some((right) => me.rights.includes(right)) || (exercise && me.rights.includes('planificateur'));
  const records = FIVE.some((right) => me.rights.includes(right));
  const textOf = (row.after ?? []).find((id) => activation.steps[id]?.text);
  const text = textOf ? activation.steps[textOf]!.text! : undefined;

  const approve = async (behalf: 'prefet' | 'directeur' | undefined) => {
    const circumstances = readCircumstances({ ...when, behalf: 'me' }, activation.timeZone);
    if (!circumstances) return giving.setFault({ sentence: WHICH_TIME });
    await giving.give('complete-step', {
      step: row.id, seen: step.version, evidence: [], ...circumstances, ...(behalf ? { for: behalf } : {}),
      ...(textOf && text ? { approves: { step: textOf, version: text.version } } : {}),
    });
    return undefined;
  };
  const what = text ? `la version ${text.version}` : 'la décision';
  return (
    <section aria-label="Visa" className="step-close">
      {textOf ? <TextShown board={board} step={textOf} /> : <Notice announce={false} title={fr("Il n'y a pas encore de texte.")}>{fr('Le visa portera sur la décision elle-même.')}</Notice>}
      {(mine || records) && <CircumstancesFields activation={activation} value={when} onChange={setWhen} timeLabel="Heure du visa" />}
      {!mine && records && (
        <RadioGroup
          label="Qui a donné son visa, de vive voix" value={oral} onChange={setOral} framed
          options={[{ value: 'directeur', label: 'Le directeur de cabinet' }, { value: 'prefet', label: 'Le préfet' }]}
          help={fr('Vous l’enregistrez pour lui : « oral » jusqu’à ce qu’il confirme.')}
        />
      )}
      <FaultNotice giving={giving} />
      <div className="row">
        {mine && <Button kind="primary" isPending={giving.pending} onPress={() => void approve(undefined)}>{fr(`Viser ${what}${exercise ? ' (exercice)' : ''}`)}</Button>}
        {!mine && records && <Button kind="primary" isPending={giving.pending} isDisabled={oral === ''} onPress={() => void approve(oral === '' ? undefined : oral)}>{fr(`Enregistrer le visa oral : ${what}`)}</Button>}
        {textOf && (mine || records) && <Button kind="tertiary" onPress={() => setBack(true)}>Renvoyer</Button>}
      </div>
      {!mine && !records && <p className="dim">{fr('Le visa revient au préfet ou au directeur de cabinet.')}</p>}
      {back && textOf && <SendBack board={board} textOf={textOf} onClose={() => setBack(false)} />}
      <StepFacts {...props} />
      {step.approval && <p className="dim">{fr(`Dernier visa : version ${step.approval.version}, entrée ${step.approval.seq}.`)}</p>}
      {text && <p className="dim">{fr(`Texte de ${rowOf(activation, textOf!)?.title ?? textOf}, écrit à ${clockTime(text.at, activation.timeZone)}.`)}</p>}
    </section>
  );
}

/** The text goes back to whoever writes it, with the reason. */
function SendBack({ board: { activation }, textOf, onClose }: Pick<StepProps, 'board'> & { textOf: string; onClose: () => void }) {
  const giving = useOrder(activation);
  const [reason, setReason] = useState('');
  const step = activation.steps[textOf]!;
  const give = async () => {
    if (reason.trim() === '') {
      giving.setFault({ sentence: fr('Dites ce qui est à changer : la personne qui rédige le lira.') });
      return false;
    }
    return giving.give('reopen-step', { step: textOf, reason, seen: step.version });
  };
  return (
    <OrderDialog title={`Renvoyer « ${rowOf(activation, textOf)?.title ?? textOf} »`} onClose={onClose} giving={giving} action="Renvoyer : l'étape est rouverte" onGive={give}>
      <TextArea label="Ce qui est à changer" value={reason} onChange={setReason} rows={3} isRequired autoFocus />
    </OrderDialog>
  );
}

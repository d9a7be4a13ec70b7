import { useState } from 'react';
import { behalfNames, categoryNames } from '../../../contract/french.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { FUNCTIONS, type OnBehalf } from '../../../domain/entry.js';
import { NOT_APPLICABLE_CATEGORIES, type NotApplicableCategory } from '../../../domain/events.js';
import { mayWork } from '../../../domain/plan/steps.js';
import { CircumstancesFields, HERE_AND_NOW, readCircumstances, WHICH_TIME, type Circumstances } from '../../orders/circumstances.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { PersonSelect } from '../../orders/person-select.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { Select, TextArea } from '../../ui/fields.js';
import type { StepProps } from './step-props.js';

type Asked = 'not-applicable' | 'outside-cause' | 'reopen';

/** The rarer gestures: to give it to somebody, to say why it will not be done, to open it again. */
export function StepOther(props: StepProps) {
  const { board: { activation }, shown: { step, row } } = props;
  const [asked, setAsked] = useState<Asked>();
  const running = activation.life === 'running';
  const open = step.status === 'todo' || step.status === 'under-way';
  const engine = row.completes === 'statement-written';
  return (
    <Disclosure title="Confier, déclarer sans objet, rouvrir" level={4}>
      {running && open && !engine && <Assign {...props} />}
      <div className="row">
        {open && <Button size="small" onPress={() => setAsked('not-applicable')}>Sans objet…</Button>}
        {step.status !== 'not-applicable' && step.status !== 'outside-cause' && <Button size="small" onPress={() => setAsked('outside-cause')}>Cause extérieure…</Button>}
        {!open && <Button size="small" onPress={() => setAsked('reopen')}>Rouvrir…</Button>}
      </div>
      {asked === 'not-applicable' && <NotApplicable {...props} onClose={() => setAsked(undefined)} />}
      {asked && asked !== 'not-applicable' && <WithReason {...props} asked={asked} onClose={() => setAsked(undefined)} />}
    </Disclosure>
  );
}

function Assign({ board: { activation }, me, shown: { step, row } }: StepProps) {
  const giving = useOrder(activation);
  const [to, setTo] = useState('');
  return (
    <div className="stack-small">
      <div className="assign">
        <PersonSelect label="Confier à" value={to} onChange={setTo} me={me.account} except={step.assignee} mayBe={(rights) => mayWork(rights, row, activation.lane)} />
        <Button isDisabled={to === ''} isPending={giving.pending} onPress={() => void giving.give('assign-step', { step: row.id, to }).then((done) => done && setTo(''))}>Confier</Button>
      </div>
      <FaultNotice giving={giving} />
    </div>
  );
}

function NotApplicable({ board: { activation }, shown: { step, row }, onClose }: StepProps & { onClose: () => void }) {
  const giving = useOrder(activation);
  const [category, setCategory] = useState<NotApplicableCategory | ''>('');
  const [reason, setReason] = useState('');
  const [authorisedBy, setAuthorisedBy] = useState<OnBehalf | ''>('');
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const give = async () => {
    const circumstances = readCircumstances(when, activation.timeZone);
    if (category === '' || reason.trim() === '' || authorisedBy === '' || !circumstances) {
      giving.setFault({ sentence: circumstances ? fr("Il faut une catégorie, un motif, et la personne qui l'autorise : l'auditeur les lira.") : WHICH_TIME });
      return false;
    }
    return giving.give('mark-not-applicable', { step: row.id, category, reason, authorisedBy, seen: step.version, ...circumstances });
  };
  return (
    <OrderDialog title={`${row.id} sans objet`} onClose={onClose} giving={giving} action="Déclarer sans objet" onGive={give}>
      <Select
        label="Catégorie" value={category} onChange={setCategory} isRequired
        options={NOT_APPLICABLE_CATEGORIES.filter((one) => one !== 'exercise-scope' || activation.lane === 'exercise').map((one) => ({ value: one, label: capital(categoryNames[one]) }))}
      />
      <TextArea label="Motif" value={reason} onChange={setReason} rows={2} isRequired />
      <Select
        label="Autorisé par" value={authorisedBy} onChange={setAuthorisedBy} isRequired
        options={(['prefet', 'directeur', ...FUNCTIONS.filter((code) => code !== 'DC')] as OnBehalf[]).map((one) => ({ value: one, label: capital(behalfNames[one]) }))}
      />
      <CircumstancesFields activation={activation} value={when} onChange={setWhen} oral />
    </OrderDialog>
  );
}

function WithReason({ board: { activation }, shown: { step, row }, asked, onClose }: StepProps & { asked: 'outside-cause' | 'reopen'; onClose: () => void }) {
  const giving = useOrder(activation);
  const [reason, setReason] = useState('');
  const [when, setWhen] = useState<Circumstances>(HERE_AND_NOW);
  const give = async () => {
    const circumstances = readCircumstances(when, activation.timeZone);
    if (reason.trim() === '' || !circumstances) {
      giving.setFault({ sentence: circumstances ? fr('Donnez le motif : il reste au journal.') : WHICH_TIME });
      return false;
    }
    const order = { step: row.id, reason, seen: step.version, ...circumstances };
    return giving.give(asked === 'reopen' ? 'reopen-step' : 'mark-outside-cause', order);
  };
  return (
    <OrderDialog
      title={asked === 'reopen' ? `Rouvrir ${row.id}` : `${row.id} : cause extérieure`} onClose={onClose} giving={giving} onGive={give}
      action={asked === 'reopen' ? 'Rouvrir' : 'Déclarer la cause extérieure'}
    >
      <p>{fr(asked === 'reopen' ? "L'étape redevient à faire ; ce qui a été écrit reste au journal." : "L'échéance n'est pas tenue, mais pas de notre fait : ni « manqué », ni « hors délai ».")}</p>
      <TextArea label="Motif" value={reason} onChange={setReason} rows={3} isRequired autoFocus />
      <CircumstancesFields activation={activation} value={when} onChange={setWhen} />
    </OrderDialog>
  );
}

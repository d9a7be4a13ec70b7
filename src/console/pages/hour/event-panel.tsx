import { useState } from 'react';
import { deciderNames, factNames } from '../../../contract/french.js';
import { EVENT_KINDS, type EventKind } from '../../../contract/forms.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { DECIDER_ROLES, type DeciderRole } from '../../../domain/events.js';
import type { Fact } from '../../../domain/plan/plan.js';
import { mayIssue } from '../../../domain/rights.js';
import { CommunesField } from '../../orders/communes-field.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { Dialog } from '../../ui/dialog.js';
import { Select, TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from './hour-props.js';

/** What is known of the event: each line is its own entry, now or later. */
export function EventPanel({ board, me, onClose }: HourProps & { onClose: () => void }) {
  const { activation } = board;
  const may = mayIssue(me.rights, 'set-title', activation.lane) && (activation.life === 'running' || activation.life === 'ended');
  return (
    <Dialog isOpen onClose={onClose} placement="side" title={fr("L'événement")}>
      {!may && <Notice announce={false} title={fr("Vous lisez ce qui est connu de l'événement.")} />}
      <Title board={board} may={may} />
      <Synergi board={board} may={may} />
      <EventType board={board} may={may} />
      <FactChoice board={board} may={may} fact="attack" />
      <FactChoice board={board} may={may} fact="alert" />
      <Decider board={board} may={may} />
      <Communes board={board} may={may} />
    </Dialog>
  );
}

type Part = Pick<HourProps, 'board'> & { may: boolean };

function Title({ board, may }: Part) {
  const giving = useOrder(board.activation);
  const known = board.text(board.activation.title) ?? '';
  const [title, setTitle] = useState<string>();
  const typed = title ?? known;
  const keep = () => giving.give('set-title', { title: typed }).then((done) => done && setTitle(undefined));
  return (
    <div className="stack-small">
      <div className="with-button">
        <TextField label="Titre" value={typed} onChange={setTitle} isDisabled={!may} maxLength={200} placeholder="Incendie, panache · Castelroy" />
        {typed !== known && typed.trim() !== '' && <Button isPending={giving.pending} onPress={() => void keep()}>Garder</Button>}
      </div>
      <FaultNotice giving={giving} />
    </div>
  );
}

function Synergi({ board: { activation }, may }: Part) {
  const giving = useOrder(activation);
  const known = activation.synergi?.number ?? '';
  const [number, setNumber] = useState<string>();
  const typed = number ?? known;
  const keep = () => giving.give('record-synergi-number', { number: typed }).then((done) => done && setNumber(undefined));
  return (
    <div className="stack-small">
      <div className="with-button">
        <TextField label={fr("Numéro d'événement SYNERGI")} value={typed} onChange={setNumber} isDisabled={!may} code maxLength={40} />
        {typed !== known && typed.trim() !== '' && <Button isPending={giving.pending} onPress={() => void keep()}>Garder</Button>}
      </div>
      <FaultNotice giving={giving} />
    </div>
  );
}

function EventType({ board: { activation }, may }: Part) {
  const giving = useOrder(activation);
  return (
    <div className="stack-small">
      <Select<EventKind>
        label={fr("Type d'événement")} value={(activation.eventType ?? '') as EventKind | ''} isDisabled={!may || giving.pending}
        onChange={(eventType) => void giving.give('set-event-type', { eventType })} options={EVENT_KINDS.map((kind) => ({ value: kind, label: fr(kind) }))}
      />
      <FaultNotice giving={giving} />
    </div>
  );
}

function FactChoice({ board: { activation }, may, fact }: Part & { fact: Fact }) {
  const giving = useOrder(activation);
  const holds = activation.facts[fact];
  const help = fact === 'attack' ? "Un attentat ajoute le numéro de la CIAV à l'engagement 47." : "Si la population est alertée, les messages aux radios et télévisions partenaires entrent dans l'heure.";
  return (
    <div className="stack-small">
      <RadioGroup
        label={fr(`${capital(factNames[fact])} ?`)} framed help={fr(help)} isDisabled={!may || giving.pending}
        value={holds === undefined ? '' : holds ? 'yes' : 'no'} onChange={(value) => void giving.give('declare-fact', { fact, holds: value === 'yes' })}
        options={[{ value: 'yes', label: 'Oui' }, { value: 'no', label: 'Non' }]}
      />
      <FaultNotice giving={giving} />
    </div>
  );
}

function Decider({ board: { activation }, may }: Part) {
  const giving = useOrder(activation);
  return (
    <div className="stack-small">
      <Select<DeciderRole>
        label={fr("Qui a décidé l'activation")} value={activation.decider ?? ''} isDisabled={!may || giving.pending} placeholder="Pas encore enregistré"
        onChange={(decider) => void giving.give('record-decider', { decider })}
        options={DECIDER_ROLES.map((role) => ({ value: role, label: capital(deciderNames[role]) }))}
      />
      <FaultNotice giving={giving} />
    </div>
  );
}

function Communes({ board: { activation }, may }: Part) {
  const giving = useOrder(activation);
  const [chosen, setChosen] = useState<readonly string[]>();
  const codes = chosen ?? activation.communes;
  const changed = chosen !== undefined && [...chosen].sort().join() !== activation.communes.join();
  const keep = () => giving.give('set-communes', { communes: [...codes] }).then((done) => done && setChosen(undefined));
  return (
    <div className="stack-small">
      <CommunesField codes={codes} onChange={setChosen} departement={activation.departement} isDisabled={!may} />
      <FaultNotice giving={giving} />
      {changed && (
        <div className="row">
          <Button kind="primary" isPending={giving.pending} onPress={() => void keep()}>{fr(codes.length === 0 ? "N'en retenir aucune" : `Retenir ces ${codes.length} communes`)}</Button>
          <Button kind="tertiary" onPress={() => setChosen(undefined)}>Revenir</Button>
        </div>
      )}
    </div>
  );
}

import { useState } from 'react';
import { functionNames, lackList } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import { FUNCTIONS, type FunctionCode } from '../../../domain/entry.js';
import { handedOver, heldBy, mayHold } from '../../../domain/people/functions.js';
import { rowOf } from '../../../domain/plan/timing.js';
import { FIVE, mayIssue } from '../../../domain/rights.js';
import type { Overridden } from '../../../domain/state.js';
import { usePeople } from '../../people.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { useLacks, useTaking, WhyField } from '../../orders/override.js';
import { PersonSelect } from '../../orders/person-select.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Icon } from '../../ui/icons.js';
import type { HourProps } from './hour-props.js';

/** Who holds what: taken, handed over with what is open, relieved. */
export function FunctionsPanel({ onClose, ...props }: HourProps & { onClose: () => void }) {
  const { activation } = props.board;
  const mine = heldBy(activation, props.me.account);
  return (
    <Dialog isOpen onClose={onClose} placement="side" title="Fonctions">
      <p>{mine.length === 0 ? fr('Vous ne tenez aucune fonction ici.') : fr(`Vous tenez : ${mine.map((code) => functionNames[code]).join(', ')}.`)}</p>
      <ul className="functions">
        {FUNCTIONS.map((code) => <OneFunction key={code} code={code} {...props} />)}
      </ul>
    </Dialog>
  );
}

function OneFunction({ code, board, me }: HourProps & { code: FunctionCode }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const taking = useTaking(activation, me.account, code);
  const person = usePeople();
  const [asked, setAsked] = useState<'hand-over' | 'give' | 'relieve'>();
  const { holder, since, offer, overridden } = activation.functions[code];
  const running = activation.life === 'running' && mayIssue(me.rights, 'take-function', activation.lane);
  const five = FIVE.some((right) => me.rights.includes(right)) || (activation.lane === 'exercise' && me.rights.includes('planificateur'));
  const mayTake = running && mayHold(me.rights, code, activation.lane);
  return (
    <li>
      <div className="spread">
        <b>{capital(functionNames[code])}</b>
        <span>{holder === undefined ? <span className="dim">personne</span> : fr(`${person(holder).name}, depuis ${clockTime(since!, activation.timeZone)}`)}</span>
      </div>
      {overridden && <Overriding overridden={overridden} text={board.text} />}
      {offer?.overridden && <Overriding overridden={offer.overridden} text={board.text} />}
      {offer && <p className="dim">{fr(`Passation à ${person(offer.to).name} : attend son accord. ${count(offer.open.length, 'étape ouverte', 'étapes ouvertes')}, ${count(offer.promised.length, 'annonce')} à tenir.`)}</p>}
      {running && (
        <div className="row">
          {offer?.to === me.account && <Button size="small" kind="primary" isPending={giving.pending} onPress={() => void giving.give('accept-handover', { function: code })}>Accepter</Button>}
          {holder === undefined && mayTake && <Button size="small" isPending={taking.giving.pending} onPress={taking.take}>Prendre</Button>}
          {holder === undefined && five && <Button size="small" kind="tertiary" onPress={() => setAsked('give')}>{fr('Confier…')}</Button>}
          {holder !== undefined && (holder === me.account || five) && <Button size="small" onPress={() => setAsked('hand-over')}>{fr('Passer la main…')}</Button>}
          {holder !== undefined && (holder === me.account || five) && <Button size="small" kind="tertiary" onPress={() => setAsked('relieve')}>{holder === me.account ? 'Ne plus la tenir…' : 'Relever…'}</Button>}
        </div>
      )}
      <FaultNotice giving={giving} />
      <FaultNotice giving={taking.giving} />
      {taking.asking}
      {asked === 'relieve' && <Relieve board={board} code={code} mine={holder === me.account} onClose={() => setAsked(undefined)} />}
      {(asked === 'hand-over' || asked === 'give') && <HandOver board={board} me={me} code={code} asked={asked} onClose={() => setAsked(undefined)} />}
    </li>
  );
}

/** 47.2, 50.2: held without the training for it, and why. */
function Overriding({ overridden: { lacks, why }, text }: { overridden: Overridden } & Pick<HourProps['board'], 'text'>) {
  return <p className="watch qualification"><Icon shape="warn" size={16} /><span>{fr(`Sans la formation (${lackList(lacks)}) : ${text(why) ?? '…'}`)}</span></p>;
}

/** What the successor takes over is shown before it is offered. */
function HandOver({ board: { activation, text }, me, code, asked, onClose }: Pick<HourProps, 'board' | 'me'> & { code: FunctionCode; asked: 'hand-over' | 'give'; onClose: () => void }) {
  const giving = useOrder(activation);
  const [to, setTo] = useState('');
  const [why, setWhy] = useState('');
  const lacks = useLacks(to, code);
  const left = handedOver(activation, code);
  const promises = activation.promises.filter((promise) => left.promised.includes(promise.seq));
  const give = async () => {
    if (to === '') {
      giving.setFault({ sentence: fr('Choisissez la personne.') });
      return false;
    }
    if (lacks.length > 0 && why.trim() === '') {
      giving.setFault({ sentence: fr('Dites pourquoi cette personne, ou choisissez-en une qui est formée.') });
      return false;
    }
    const reason = lacks.length > 0 ? { why } : {};
    return asked === 'give' ? giving.give('take-function', { function: code, holder: to, ...reason }) : giving.give('offer-handover', { function: code, to, ...reason });
  };
  return (
    <OrderDialog title={asked === 'give' ? `Confier : ${functionNames[code]}` : `Passer la main : ${functionNames[code]}`} onClose={onClose} giving={giving} action={asked === 'give' ? 'Confier la fonction' : 'Proposer la passation'} onGive={give}>
      <PersonSelect label="À" value={to} onChange={setTo} me={me.account} except={activation.functions[code].holder} mayBe={(rights) => mayHold(rights, code, activation.lane)} holding={code} />
      {lacks.length > 0 && <WhyField lacks={lacks} value={why} onChange={setWhy} />}
      {asked === 'hand-over' && (
        <>
          <h3>{fr(`Ce qui est remis : ${count(left.open.length, 'étape ouverte', 'étapes ouvertes')}`)}</h3>
          <ul className="left">
            {left.open.map((id) => {
              const due = left.due.find((one) => one.step === id);
              return <li key={id}>{id} {fr(rowOf(activation, id)?.title ?? '')}{due && <span className="dim"> avant {clockTime(due.at, activation.timeZone)}</span>}</li>;
            })}
            {promises.map((promise) => <li key={promise.seq}>{fr(`Annoncé pour ${clockTime(promise.promisedFor, activation.timeZone)} : ${text(promise.text) ?? '…'}`)}</li>)}
          </ul>
          <p className="help">{fr("Vous la tenez jusqu'à ce que la personne accepte.")}</p>
        </>
      )}
    </OrderDialog>
  );
}

function Relieve({ board: { activation }, code, mine, onClose }: Pick<HourProps, 'board'> & { code: FunctionCode; mine: boolean; onClose: () => void }) {
  const giving = useOrder(activation);
  const person = usePeople();
  const { holder } = activation.functions[code];
  return (
    <OrderDialog
      title={mine ? `Ne plus tenir : ${functionNames[code]}` : `Relever ${holder ? person(holder).name : ''}`} onClose={onClose} giving={giving}
      action={mine ? 'Ne plus tenir cette fonction' : 'Relever de cette fonction'} onGive={() => giving.give('relieve-function', { function: code })}
    >
      <p>{fr(`Plus personne ne tiendra la fonction ${functionNames[code]} : ses demandes iront à ceux qui en tiennent une autre. Pour la remettre à quelqu'un, passez plutôt la main.`)}</p>
    </OrderDialog>
  );
}

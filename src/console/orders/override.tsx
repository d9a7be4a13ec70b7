import { useState, type ReactNode } from 'react';
import { functionNames, lackList } from '../../contract/french.js';
import { fr } from '../../contract/french-typography.js';
import type { FunctionCode } from '../../domain/entry.js';
import type { Activation } from '../../domain/state.js';
import { Icon } from '../ui/icons.js';
import { TextArea } from '../ui/fields.js';
import { OrderDialog } from './order-form.js';
import { useWorking } from './person-select.js';
import { useOrder, type Giving } from './use-order.js';

/** 47.2, 50.2: what somebody's training lacks for a function; empty where nothing is asked. */
export function useLacks(account: string, code: FunctionCode): readonly string[] {
  return useWorking()[account]?.lacks[code] ?? [];
}

/** Asked where the training does not cover the function: it forbids nothing, and it shows. */
export function WhyField({ lacks, value, onChange, isMine }: { lacks: readonly string[]; value: string; onChange: (why: string) => void; isMine?: boolean }) {
  return (
    <>
      <p className="watch qualification"><Icon shape="warn" size={16} /><span>{fr(`${isMine ? 'Votre formation ne la couvre pas' : 'La formation de cette personne ne la couvre pas'} : ${lackList(lacks)}.`)}</span></p>
      <TextArea label="Pourquoi quand même" isRequired value={value} onChange={onChange} rows={2} maxLength={2_000} help={fr('Par exemple « seul sur place, en attendant la relève ». Gardé au journal, et montré à côté de la fonction.')} />
    </>
  );
}

/** Takes a function for oneself: at once, or after a reason where one's training does not cover it. */
export function useTaking(activation: Readonly<Activation>, me: string, code: FunctionCode): { take: () => void; giving: Giving; asking: ReactNode } {
  const giving = useOrder(activation);
  const lacks = useLacks(me, code);
  const [isAsked, setAsked] = useState(false);
  // The server's word counts: what this page read before may be old.
  const refused = giving.fault?.problem?.refused === 'qualification-needed' ? String(giving.fault.problem.details?.['lacks'] ?? '').split(' ') : [];
  const missing = refused.length > 0 ? refused : lacks;
  const take = () => {
    if (lacks.length > 0) setAsked(true);
    else void giving.give('take-function', { function: code });
  };
  const shown = isAsked || refused.length > 0;
  return {
    take, giving: shown ? { ...giving, fault: undefined } : giving,
    asking: shown && <AskWhy activation={activation} code={code} lacks={missing} onClose={() => { setAsked(false); giving.setFault(undefined); }} />,
  };
}

function AskWhy({ activation, code, lacks, onClose }: { activation: Readonly<Activation>; code: FunctionCode; lacks: readonly string[]; onClose: () => void }) {
  const giving = useOrder(activation);
  const [why, setWhy] = useState('');
  const give = async () => {
    if (why.trim() !== '') return giving.give('take-function', { function: code, why });
    giving.setFault({ sentence: fr('Dites pourquoi, en quelques mots.') });
    return false;
  };
  return (
    <OrderDialog title={`Prendre : ${functionNames[code]}`} onClose={onClose} giving={giving} action="Prendre quand même" onGive={give}>
      <WhyField lacks={lacks} value={why} onChange={setWhy} isMine />
    </OrderDialog>
  );
}

import { useContext, useRef, useState } from 'react';
import type { Order, OrderName } from '../../contract/commands.js';
import { fr } from '../../contract/french-typography.js';
import type { Accepted, Problem } from '../../contract/live.js';
import type { Activation } from '../../domain/state.js';
import { send, type Sent } from '../actions.js';
import { sentenceOf } from '../api.js';
import { ReplayTime } from '../live.js';
import { useToasts } from '../ui/notice.js';

export interface Fault {
  sentence: string;
  problem?: Problem;
}

export interface Giving {
  /** True when the order is recorded, or is kept on the device: the form may close. What failed stays in `fault`. */
  give: <N extends OrderName>(name: N, order: Order<N>) => Promise<boolean>;
  pending: boolean;
  fault: Fault | undefined;
  /** The form says itself what is wrong with what was typed. */
  setFault: (fault: Fault | undefined) => void;
}

/** One form, one order at a time: what happened is said, and nothing that was typed is lost. */
export function useOrder(activation: Readonly<Activation>): Giving {
  const { give, pending, fault, setFault } = useSending();
  return { give: (name, order) => give(() => send(activation, name, order)), pending, fault, setFault };
}

/** The same for an order that the caller sends itself. */
export function useOneOrder(): { give: (order: () => Promise<Sent>) => Promise<boolean>; pending: boolean; fault: string | undefined } {
  const { give, pending, fault } = useSending();
  return { give, pending, fault: fault?.sentence };
}

function useSending() {
  const past = useContext(ReplayTime) !== undefined;
  const say = useToasts();
  const [pending, setPending] = useState(false);
  const [fault, setFault] = useState<Fault>();
  const busy = useRef(false);
  const give = async (order: () => Promise<Sent>): Promise<boolean> => {
    if (busy.current) return false;
    // Whatever a replay shows, nobody acts in it: the order would be recorded now.
    if (past) {
      setFault({ sentence: fr("Rien ne s'ordonne depuis une reprise. Revenez au direct.") });
      return false;
    }
    busy.current = true;
    setPending(true);
    setFault(undefined);
    try {
      const sent = await order();
      if (sent.outcome === 'refused') {
        setFault(sent);
        return false;
      }
      if (sent.outcome === 'kept') say(fr("Pas encore enregistré : gardé sur cet appareil, envoyé dès que la connexion revient."), 'info');
      else say(recordedText(sent.accepted));
      return true;
    } catch (error) {
      setFault({ sentence: sentenceOf(error) });
      return false;
    } finally {
      busy.current = false;
      setPending(false);
    }
  };
  return { give, pending, fault, setFault };
}

function recordedText({ fromSeq, toSeq }: Accepted): string {
  if (fromSeq > toSeq) return fr("C'était déjà fait : rien de plus n'est enregistré.");
  return fr(fromSeq === toSeq ? `Enregistré, entrée ${toSeq}.` : `Enregistré, entrées ${fromSeq} à ${toSeq}.`);
}

import type { AccountFailure, Way } from '../domain/outreach/reaching.js';
import type { LastSelfTest, SelfTestOutcome } from '../domain/outreach/self-test.js';
import { frAll } from './french-typography.js';

/** GET /api/telephony: whether calling works tonight. */
export interface TelephonyShown {
  /** By which ways a real campaign may leave; none: nothing is called from here. */
  ways: Way[];
  /** The number that a text offers to call back; null where none answers. */
  callBack: string | null;
  /** The préfecture's own line that tests call, masked; null where none is set. */
  line: string | null;
  accounts: {
    account: string;
    voice: boolean;
    texts: boolean;
    /** Whether an answer to its texts comes back. */
    canReceive: boolean;
    callsPerSecond: number;
    /** Why it failed last; and whether calls are made by another one meanwhile. */
    failing: AccountFailure | null;
    isLeft: boolean;
    lastTest: LastSelfTest | null;
    isTesting: boolean;
  }[];
}

export const selfTestWords: Record<SelfTestOutcome, string> = frAll({
  'acknowledged': 'une touche a été pressée : appeler marche', 'answered': 'décroché, sans touche', 'machine': 'répondeur', 'busy': 'ligne occupée', 'no-answer': 'pas de réponse',
  'invalid': 'numéro refusé', 'failed': 'échec', 'credentials': 'identifiants refusés', 'unavailable': "l'opérateur ne répond pas", 'doubt': 'sans nouvelle',
});

/**
 * Why a command was refused. Refusals are data, bugs throw. One table turns these codes into HTTP statuses
 * (contract/problems.ts), one into French sentences (contract/french.ts).
 */
export const REFUSALS = [
  'forbidden', 'second-factor-needed', 'unknown-activation', 'unknown-step', 'unknown-entry', 'unknown-person', 'unknown-commune',
  'unknown-contact', 'unknown-declaration', 'unknown-text', 'already-open', 'not-open', 'ended', 'not-ended', 'sealed', 'cancelled',
  'step-apart', 'step-already-settled', 'step-not-settled', 'stale', 't0-ahead', 't0-old', 'in-the-future', 'clock-running',
  'clock-not-started', 'clock-not-yours', 'synergi-number-taken', 'different-t0', 'has-synergi-number', 'visa-needed', 'no-text-to-approve',
  'function-held', 'function-free', 'not-the-holder', 'no-offer', 'not-oral', 'erased', 'nothing-promised', 'engine-only',
  'another-lane', 'exercises-only', 'key-reused', 'storage-failed', 'unknown-file',
  // People: who signs in, and what an administrator does.
  'signed-out', 'forged', 'wrong-credentials', 'throttled', 'weak-password', 'login-taken', 'dead-link', 'last-administrator',
  'wrong-code', 'second-factor-kept', 'no-second-factor', 'unknown-token', 'token-expiry', 'unknown-screen', 'dead-screen-address',
  'unknown-webhook', 'too-many-webhooks', 'address-refused',
  // The directory.
  'stale-person', 'commune-needed', 'too-many-contacts', 'ends-before-it-begins', 'too-many-people', 'mandate-not-ended', 'number-refused',
  // Reaching the officials.
  'empty-perimeter', 'commune-in-circle-1', 'circle-frozen', 'no-perimeter', 'unknown-campaign', 'no-result', 'call-claimed', 'file-refused',
  'campaign-running', 'campaign-stopped', 'nobody-to-reach', 'no-telephony', 'nobody-there', 'unknown-perimeter', 'perimeter-name-taken', 'too-many-perimeters',
  // Who is on call, and who is trained.
  'unknown-calendar', 'too-many-calendars', 'calendar-refused', 'unknown-training', 'training-date', 'training-list-refused', 'certificate-refused', 'qualification-needed',
  'unknown-import', 'not-rehearsed', 'not-applied', 'stale-rehearsal', 'undo-too-late', 'rehearsal-running',
] as const;
export type RefusalCode = (typeof REFUSALS)[number];

export interface Refusal {
  refused: RefusalCode;
  /** What the sentence needs to be precise: both clocks, the number taken, the version seen… */
  details?: Record<string, string | number | boolean>;
}

export function refuse(refused: RefusalCode, details?: Refusal['details']): Refusal {
  return details ? { refused, details } : { refused };
}

export function isRefusal<T>(answer: T | Refusal): answer is Refusal {
  return typeof answer === 'object' && answer !== null && 'refused' in answer;
}

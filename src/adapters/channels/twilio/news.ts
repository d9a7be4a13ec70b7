import type { LineNews, LineState } from '../../../application/outreach/telephony.js';
import { INVALID_NUMBER } from './failures.js';

type Reading = readonly [state: LineState, over: boolean];

const CALLS = new Map<string, Reading>(Object.entries({
  queued: ['dialling', false], initiated: ['dialling', false], ringing: ['ringing', false], 'in-progress': ['answered', false], completed: ['answered', true],
  busy: ['busy', true], 'no-answer': ['no-answer', true], failed: ['failed', true], canceled: ['cancelled', true],
}));
/** `sent` is the network's word, not the telephone's: only `delivered` is of the telephone. */
const TEXTS = new Map<string, Reading>(Object.entries({
  accepted: ['dialling', false], scheduled: ['dialling', false], queued: ['dialling', false], sending: ['dialling', false], sent: ['dialling', false],
  delivered: ['delivered', true], read: ['delivered', true], undelivered: ['failed', true], failed: ['failed', true], canceled: ['cancelled', true],
}));
/** No such number, changed, incomplete, nowhere. */
const SIP_INVALID = new Set(['404', '410', '484', '604']);

export interface Said {
  sid: string;
  status: string;
  code?: string | undefined;
  sip?: string | undefined;
  answeredBy?: string | undefined;
}

/** What a status says; undefined when it is one that we do not know. */
export function newsOf(kind: 'call' | 'text', { sid, status, code, sip, answeredBy }: Said): LineNews | undefined {
  const reading = (kind === 'call' ? CALLS : TEXTS).get(status);
  if (!reading || sid === '') return undefined;
  const [state, over] = reading;
  return { state: precise(state, code, sip, answeredBy), over, sid, ...(code ? { code } : {}) };
}

function precise(state: LineState, code = '', sip = '', answeredBy = ''): LineState {
  if (state === 'failed' && (INVALID_NUMBER.has(code) || SIP_INVALID.has(sip))) return 'invalid';
  return state === 'answered' && /^(machine|fax)/.test(answeredBy) ? 'machine' : state;
}

import type { Ms } from '../time.js';

/** What came of calling the préfecture's own line: only a key says that calling works. */
export const SELF_TEST_OUTCOMES = ['acknowledged', 'answered', 'machine', 'busy', 'no-answer', 'invalid', 'failed', 'credentials', 'unavailable', 'doubt'] as const;
export type SelfTestOutcome = (typeof SELF_TEST_OUTCOMES)[number];

export interface SelfTestPayloads {
  telephonyTested: { account: string; outcome: SelfTestOutcome; code?: string };
}
export const SELF_TEST_TYPES: Record<keyof SelfTestPayloads, { v: number }> = { telephonyTested: { v: 1 } };

/** The last test of an account, as the administration's journal has it. */
export interface LastSelfTest {
  at: Ms;
  outcome: SelfTestOutcome;
  code?: string;
}

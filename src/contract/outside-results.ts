import type { OutsideColumns } from '../domain/outreach/outside-values.js';
import type { OutsideOutcome } from '../domain/outreach/targets.js';

/** `GET /api/activations/{id}/outside-results/{digest}`: what an uploaded result file shows of itself. */
export interface ResultFileShown {
  header: string[];
  examples: string[][];
  guessed: Partial<OutsideColumns>;
  /** Of each column that has few different values: those, how often, and what each seems to mean. */
  values: Record<string, { value: string; times: number; guessed: OutsideOutcome | null }[]>;
}

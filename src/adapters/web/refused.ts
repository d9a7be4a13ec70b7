import { BadCallList } from '../../contract/call-list.js';
import type { WireProblem } from '../../contract/problems.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import { z } from 'zod';

/** The domain's no, on its way out of a controller. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.refused);
  }
}

/** What went wrong before the domain was asked. */
export class WireRefused extends Error {
  constructor(readonly code: WireProblem, readonly details?: Record<string, unknown>) {
    super(code);
  }
}

export function orRefuse<T>(answer: T | Refusal): T {
  if (isRefusal(answer)) throw new Refused(answer);
  return answer;
}

z.config(z.locales.fr());

/** What a schema makes of what came; throws the faults, field by field, in French. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new WireRefused('invalid', { fields });
}

/** Runs what may meet a call list that cannot be called. */
export function withCallList<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof BadCallList) throw new WireRefused('bad-call-list', { faults: error.faults.slice(0, 50) });
    throw error;
  }
}

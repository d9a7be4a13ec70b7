// Two workers end together when the longest files start first. A clean clone has no durations of an earlier run.
import Sequencer from '@jest/test-sequencer';

/** Those that take longest, in that order, as measured. */
const HEAVY = [
  'browser/accessible', 'faults/crash-loop', 'browser/accounts', 'simulation/simulation', 'browser/opening', 'browser/replay', 'faults/refused-start', 'faults/backup',
  'browser/imports', 'browser/access', 'browser/officials', 'browser/perimeters', 'browser/webhooks', 'browser/on-call', 'browser/wall', 'browser/backups',
];

const place = ({ path }) => {
  const at = HEAVY.findIndex((name) => path.endsWith(`test/${name}.test.ts`));
  return at === -1 ? HEAVY.length : at;
};

export default class HeaviestFirst extends Sequencer {
  /** The others as jest has them: by how long they took, else by size. */
  sort(tests) {
    return super.sort(tests).sort((a, b) => place(a) - place(b));
  }
}

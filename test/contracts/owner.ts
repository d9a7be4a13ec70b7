// A process that takes a data folder, says so, then appends until it is killed, saying each number that was acknowledged.
import { openStore } from '../../src/adapters/persistence/store.js';
import { Writer } from '../kit/batches.js';

const { journal } = await openStore(process.argv[2]!);
process.stdout.write('open\n');
const hour = new Writer('hour');
for (;;) {
  const batch = hour.next({ entries: 2 });
  await journal.append({ ...batch, outbox: [hour.effect(`e${batch.summary.seq}`)] });
  process.stdout.write(`${batch.summary.seq}\n`);
  await new Promise((resume) => setImmediate(resume)); // lets the line out
}

import { beforeAll, describe, test } from '@jest/globals';
import fc from 'fast-check';
import { fullHour } from '../kit/proven-hour.js';
import { verdictOn, type Export } from '../kit/verifier.js';

describe('whatever happens to one byte of the journal, the verifier sees it', () => {
  let files: Export;
  let journal: Buffer;
  beforeAll(async () => {
    files = await (await fullHour()).export('directrice');
    journal = files.get('journal.ndjson')!;
  });
  const isSeen = (edited: Buffer) => verdictOn(new Map([...files, ['journal.ndjson', edited]])).faults.length > 0;

  test('changed', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 1, max: 255 }), (where, by) => {
      const edited = Buffer.from(journal);
      edited[where % journal.length]! ^= by;
      return isSeen(edited);
    }), { numRuns: 500 });
  });

  test('removed', () => {
    fc.assert(fc.property(fc.nat(), (where) => {
      const at = where % journal.length;
      return isSeen(Buffer.concat([journal.subarray(0, at), journal.subarray(at + 1)]));
    }), { numRuns: 300 });
  });

  test('added', () => {
    fc.assert(fc.property(fc.nat(), fc.integer({ min: 0, max: 255 }), (where, byte) => {
      const at = where % (journal.length + 1);
      return isSeen(Buffer.concat([journal.subarray(0, at), Buffer.from([byte]), journal.subarray(at)]));
    }), { numRuns: 300 });
  });

  test('cut after any of them', () => {
    fc.assert(fc.property(fc.nat(), (where) => isSeen(journal.subarray(0, where % journal.length))), { numRuns: 200 });
  });
});

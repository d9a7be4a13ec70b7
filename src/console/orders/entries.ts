import { useEffect, useState } from 'react';
import type { JournalPage } from '../../contract/live.js';
import { get } from '../api.js';
import type { Board, BoardEntry } from '../board.js';

/**
 * The entries of these numbers: from the end of the journal that is here, or fetched by number. Those that this reader
 * may not see come back withheld; those that have not arrived are missing.
 */
export function useEntries(board: Board, seqs: readonly number[]): BoardEntry[] {
  const [fetched, setFetched] = useState<ReadonlyMap<number, BoardEntry>>(new Map());
  const first = board.entries[0]?.seq ?? Infinity;
  const wanted = [...new Set(seqs)].sort((a, b) => a - b);
  const missing = wanted.filter((seq) => seq < first && !fetched.has(seq)).slice(0, 200).join(',');
  const id = board.activation.id;
  useEffect(() => {
    if (missing === '') return undefined;
    const stop = new AbortController();
    get<JournalPage>(`/api/activations/${id}/journal?seqs=${missing}`, { signal: stop.signal }).then(
      ({ entries }) => setFetched((known) => new Map([...known, ...entries.map((entry) => [entry.seq, entry] as const)])),
      () => {},
    );
    return () => stop.abort();
  }, [missing, id]);
  return wanted.flatMap((seq) => (seq >= first ? board.entries[seq - first] : fetched.get(seq)) ?? []);
}


import { describeEntry } from '../../../contract/french.js';
import { toMs } from '../../../domain/time.js';
import { isSeen, type Board } from '../../board.js';
import { useEntries } from '../../orders/entries.js';
import { useNames } from '../../orders/names.js';
import { LogList, type LogLine } from '../../parts/log-list.js';
import type { Names } from '../../../contract/french.js';
import type { BoardEntry } from '../../board.js';
import type { HourProps } from './hour-props.js';

/** One entry as a line of the main courante. */
export function lineOf(entry: BoardEntry, board: Board, names: Names): LogLine {
  if (!isSeen(entry)) return { seq: entry.seq, at: 0, text: describeEntry(entry, names), withheld: true };
  const { orals } = board.activation;
  const oral = orals.find((one) => one.seq === entry.seq);
  return {
    seq: entry.seq, at: toMs(entry.occurredAt), recordedAt: toMs(entry.recordedAt), text: describeEntry(entry, names), who: names.person(entry.by),
    corrects: entry.corrects, oral: oral !== undefined && oral.confirmedBy === undefined,
  };
}

/** The entries behind a figure, oldest first: every figure opens down to them. */
export function Proofs({ board, seqs, empty, open }: HourProps & { seqs: readonly number[]; empty: string }) {
  const names = useNames(board);
  const entries = useEntries(board, seqs);
  return <LogList lines={entries.map((entry) => lineOf(entry, board, names))} zone={board.activation.timeZone} onOpen={(seq) => open({ open: 'entry', seq })} empty={empty} />;
}

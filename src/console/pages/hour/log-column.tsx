import { useMemo, useRef, useState } from 'react';
import { capital, count, fr } from '../../../contract/french-typography.js';
import { loadOlder } from '../../live.js';
import { usePending } from '../../actions.js';
import { gatheredSentence } from '../../../contract/reaching-words.js';
import type { ActivationEntry } from '../../../domain/events.js';
import { toMs } from '../../../domain/time.js';
import { typedIn } from '../../kept-orders.js';
import { useNames } from '../../orders/names.js';
import { LogList, type LogLine } from '../../parts/log-list.js';
import { Button } from '../../ui/button.js';
import { isSeen, type BoardEntry } from '../../board.js';
import { gathered } from './gathered.js';
import { LogComposer } from './log-composer.js';
import type { HourProps } from './hour-props.js';
import { lineOf } from './proofs.js';

/** What the engine writes for itself is not what people read at night; it stays one press away. */
const QUIET = new Set<string>(['planFrozen', 'requestsSettled', 'statementRequested']);
const isQuiet = (entry: BoardEntry) => isSeen(entry) && QUIET.has(entry.type);

/** The main courante: new entries on top, one field to add one, older ones as one scrolls. */
export function LogColumn(props: HourProps) {
  const { board, open } = props;
  const names = useNames(board);
  const [everything, setEverything] = useState(false);
  const [search, setSearch] = useState('');
  const loading = useRef(false);
  const { orders } = usePending();
  const { activation, entries } = board;
  const correctedBy = useMemo(() => new Map(entries.flatMap((entry) => (isSeen(entry) && entry.corrects !== undefined ? [[entry.corrects, entry.seq] as const] : []))), [entries]);
  const wanted = plain(search);
  const line = (entry: BoardEntry): LogLine => ({ ...lineOf(entry, board, names), correctedBy: correctedBy.get(entry.seq) });
  const gatheredLine = (group: readonly ActivationEntry[]): LogLine => ({
    seq: group[0]!.seq, at: toMs(group.at(-1)!.occurredAt), text: fr(gatheredSentence(group)), gathered: { count: group.length, lines: () => group.map(line).reverse() },
  });
  const shown = entries.filter((entry) => everything || !isQuiet(entry));
  // Whoever searches, or wants all, reads entry by entry.
  const lines = (everything || wanted !== '' ? shown.map(line) : gathered(shown).map((one) => ('seq' in one ? line(one) : gatheredLine(one))))
    .filter((one) => wanted === '' || plain(`${String(one.text)} ${String(one.who ?? '')}`).includes(wanted))
    .reverse();
  const waiting = orders.filter((order) => order.activation === activation.id && order.refused === undefined).reverse()
    .map((order): LogLine => ({ seq: order.rank, at: order.givenAt, text: typedIn(order) || capital(order.label), who: names.person(order.account), pending: true }));
  const older = async () => {
    if (loading.current || !board.hasOlder) return;
    loading.current = true;
    await loadOlder().catch(() => {});
    loading.current = false;
  };
  return (
    <section className="log-column" aria-labelledby="log-title">
      <div className="spread">
        <h2 id="log-title">Main courante</h2>
        <span className="dim">{count(activation.seq, 'entrée')}</span>
      </div>
      <LogComposer {...props} />
      <div className="log-scroll" onScroll={({ currentTarget: box }) => { if (box.scrollTop + box.clientHeight > box.scrollHeight - 200) void older(); }}>
        <LogList lines={[...waiting, ...lines]} zone={activation.timeZone} onOpen={(seq) => open({ open: 'entry', seq })} empty={fr(wanted === '' ? 'Écrivez la première entrée ci-dessus.' : 'Aucune entrée ne contient ces mots.')} />
        {board.hasOlder && <Button kind="tertiary" size="small" onPress={() => void older()}>Entrées plus anciennes</Button>}
        <div className="log-tools">
          <input className="input" type="search" aria-label="Chercher dans la main courante" placeholder="Chercher" value={search} onChange={(event) => setSearch(event.target.value)} />
          <Button kind="tertiary" size="small" onPress={() => setEverything(!everything)}>{fr(everything ? "Cacher ce que le moteur écrit pour lui" : 'Tout montrer')}</Button>
        </div>
      </div>
    </section>
  );
}

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();

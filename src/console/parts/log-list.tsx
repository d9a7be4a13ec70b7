import { useState, type ReactNode } from 'react';
import { clockTime, day } from '../../contract/french-times.js';
import { capital, count } from '../../contract/french-typography.js';
import type { Ms } from '../../domain/time.js';

export interface LogLine {
  seq: number;
  at: Ms;
  /** Shown where it was learnt later than it happened. */
  recordedAt?: Ms | undefined;
  text: ReactNode;
  /** Who, or which chapter: "Élus", "C. Maillard". */
  who?: ReactNode;
  /** The entry that this one corrects, or that corrects it. */
  corrects?: number | undefined;
  correctedBy?: number | undefined;
  /** Recorded for the préfet or the directeur, not confirmed yet. */
  oral?: boolean | undefined;
  withheld?: boolean | undefined;
  /** Kept on this device, not yet recorded. */
  pending?: boolean | undefined;
  proofs?: number | undefined;
  /** Several entries in one line, read when it is opened. */
  gathered?: { count: number; lines: () => readonly LogLine[] } | undefined;
}

export interface LogListProps {
  /** Newest first. */
  lines: readonly LogLine[];
  zone: string;
  onOpen?: ((seq: number) => void) | undefined;
  /** What pressing a time does, before « l’entrée 12 ». */
  verb?: string | undefined;
  /** What to do first, when nothing is written. */
  empty?: ReactNode;
  size?: 'console' | 'wall' | undefined;
}

/** The main courante: local time to the second, who, one sentence. */
export function LogList({ lines, zone, onOpen, verb = 'ouvrir', empty, size = 'console' }: LogListProps) {
  if (lines.length === 0) return <p className="help">{empty}</p>;
  let shownDay = lines[0] ? day(lines[0].at, zone) : '';
  return (
    <ol className={`log log-${size}`}>
      {lines.map((line) => {
        const today = day(line.at, zone);
        const turned = today !== shownDay;
        shownDay = today;
        const late = line.recordedAt !== undefined && line.recordedAt - line.at >= 60_000;
        const opens = onOpen && !line.pending && !line.withheld && !line.gathered;
        return (
          <li key={line.pending ? `pending-${line.seq}` : line.seq} className={`${line.withheld ? 'withheld ' : ''}${line.pending ? 'pending' : ''}`}>
            {turned && <span className="log-day">{capital(today)}</span>}
            <div className="log-head">
              {opens ? <button type="button" className="bare-link log-time" onClick={() => onOpen(line.seq)}>{clockTime(line.at, zone)}<span className="hidden">, {verb} l’entrée {line.seq}</span></button> : <b>{clockTime(line.at, zone)}</b>}
              {late && <span>écrit à {clockTime(line.recordedAt!, zone)}</span>}
              {line.who && <span className="log-who">{line.who}</span>}
            </div>
            <div className="log-text">
              {line.text}
              {line.oral && <span className="log-flag"> oral, à confirmer</span>}
              {line.pending && <span className="log-flag"> pas encore enregistré</span>}
              {line.corrects !== undefined && <span className="dim"> corrige l’entrée {line.corrects}</span>}
              {line.correctedBy !== undefined && <span className="dim"> corrigée par l’entrée {line.correctedBy}</span>}
              {opens && line.proofs ? <button type="button" className="bare-link log-open" onClick={() => onOpen(line.seq)}>{count(line.proofs, 'preuve')}</button> : null}
              {line.gathered && <Gathered of={line.gathered} zone={zone} onOpen={onOpen} verb={verb} size={size} />}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Gathered({ of: { count: entries, lines }, ...list }: { of: NonNullable<LogLine['gathered']> } & Pick<LogListProps, 'zone' | 'onOpen' | 'verb' | 'size'>) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" className="bare-link log-open" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? 'Refermer' : count(entries, 'entrée')}</button>
      {open && <LogList {...list} lines={lines()} />}
    </>
  );
}

import { evidenceNames } from '../../../contract/french.js';
import { capital } from '../../../contract/french-typography.js';
import type { StepState } from '../../../domain/state.js';
import type { Board } from '../../board.js';

/** What proves a step, as this reader may see it. */
export function Evidence({ board, step }: { board: Board; step: Readonly<StepState> }) {
  if (step.evidence.length === 0) return null;
  return (
    <ul className="proofs">
      {step.evidence.map(({ seq, item }, i) => (
        <li key={`${seq}-${i}`}>
          <span className="dim">Entrée {seq}</span>
          {item.kind === 'text' && <blockquote className="copy-text">{shown(board.text(item.text))}</blockquote>}
          {item.kind === 'link' && <Address url={board.text(item.url)} />}
          {item.kind === 'file' && <span>{capital(evidenceNames.file)}</span>}
        </li>
      ))}
    </ul>
  );
}

const shown = (text: string | null | undefined) => (text === null ? 'texte effacé' : (text ?? '…'));

function Address({ url }: { url: string | null | undefined }) {
  if (!url || !/^https?:\/\//.test(url)) return <span>{shown(url)}</span>;
  return <a href={url} target="_blank" rel="noreferrer noopener">{url}</a>;
}

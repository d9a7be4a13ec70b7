import { fr } from '../../../contract/french-typography.js';
import type { Sealed } from '../../../domain/entry.js';
import type { Evidence } from '../../../domain/events.js';
import type { Board } from '../../board.js';
import { sizeText } from '../../orders/files.js';
import { Icon } from '../../ui/icons.js';
import type { StepProps } from './step-props.js';

/** What proves the step: texts in full, links that open, files that download. */
export function EvidenceList({ board, shown, open }: StepProps) {
  const { evidence } = shown.step;
  if (evidence.length === 0) return null;
  return (
    <section aria-label="Preuves">
      <h4>{fr(`Preuves (${evidence.length})`)}</h4>
      <ul className="evidence">
        {evidence.map(({ seq, item }, i) => (
          <li key={`${seq}-${i}`}>
            <EvidenceItem board={board} item={item} />
            <button type="button" className="bare-link dim" onClick={() => open({ open: 'entry', seq })}>{fr(`entrée ${seq}`)}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function EvidenceItem({ board, item }: { board: Board; item: Evidence }) {
  if (item.kind === 'text') return <blockquote className="evidence-text">{shownText(board.text(item.text))}</blockquote>;
  if (item.kind === 'file') return <FileLink board={board} file={item.file} />;
  const url = board.text(item.url);
  if (!url || !/^https?:\/\//.test(url)) return <span>{shownText(url)}</span>;
  return <a href={url} target="_blank" rel="noreferrer noopener">{url}</a>;
}

/** A file keeps the name that its owner gave it; erased, it keeps its entry alone. */
export function FileLink({ board, file }: { board: Board; file: Sealed }) {
  const name = board.text(file);
  if (name === null) return <span className="dim">[fichier effacé]</span>;
  return (
    <a className="file-link" href={`/api/activations/${board.activation.id}/files/${file.digest}`} download>
      <Icon shape="file" size={14} /><span>{name ?? 'Fichier'}</span> <span className="dim">{sizeText(file.bytes)}</span>
    </a>
  );
}

const shownText = (text: string | null | undefined) => (text === null ? '[texte effacé]' : (text ?? '…'));

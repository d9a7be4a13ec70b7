import { useRef, useState, type ReactNode } from 'react';

export interface Column<T> {
  id: string;
  title: ReactNode;
  cell: (row: T) => ReactNode;
  /** Figures align to the right. */
  num?: boolean | undefined;
  /** The cell that names its row (a row header). One column. */
  names?: boolean | undefined;
}

export interface TableProps<T> {
  caption: ReactNode;
  hideCaption?: boolean | undefined;
  columns: readonly Column<T>[];
  rows: readonly T[];
  rowKey: (row: T) => string | number;
  /** What to do first, when there is nothing. */
  empty?: ReactNode;
  isSelected?: ((row: T) => boolean) | undefined;
}

/** A plain table, scrolled sideways in its own frame on a narrow screen (and by the keyboard then). */
export function Table<T>({ caption, hideCaption, columns, rows, rowKey, empty, isSelected }: TableProps<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const [overflows, setOverflows] = useState(false);
  const measure = (element: HTMLDivElement | null) => {
    frame.current = element;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setOverflows(element.scrollWidth > element.clientWidth + 1));
    observer.observe(element);
    return () => observer.disconnect();
  };
  if (rows.length === 0 && empty) return <div className="table-empty">{empty}</div>;
  return (
    <div ref={measure} className="table-frame" {...(overflows ? { tabIndex: 0, role: 'region', 'aria-label': 'Tableau, défile de côté' } : {})}>
      <table className="table">
        <caption className={hideCaption ? 'hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>{columns.map((column) => <th key={column.id} scope="col" className={column.num ? 'num' : undefined}>{column.title}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={rowKey(row)} className={isSelected?.(row) ? 'selected' : undefined}>
              {columns.map((column) => column.names
                ? <th key={column.id} scope="row" className={column.num ? 'num' : undefined}>{column.cell(row)}</th>
                : <td key={column.id} className={column.num ? 'num' : undefined}>{column.cell(row)}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Read out, not shown. */
export function VisuallyHidden({ children }: { children: ReactNode }) {
  return <span className="hidden">{children}</span>;
}

/** The first thing that Tab reaches. */
export function SkipLink({ to, children = 'Aller au contenu' }: { to: string; children?: ReactNode }) {
  return <a className="skip-link" href={`#${to}`}>{children}</a>;
}

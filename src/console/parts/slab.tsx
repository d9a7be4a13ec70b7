import type { ReactNode } from 'react';
import { Icon, STATE_STYLE, type ShapeName, type StateWord } from '../ui/icons.js';

export interface SlabProps {
  title: ReactNode;
  children?: ReactNode;
  /** Its picture while it is to be done. */
  shape: ShapeName;
  /** Once something is known of it: shape and colour of that state. */
  word?: StateWord | undefined;
  /** The one that is next: filled. One on a screen. */
  isNext?: boolean | undefined;
  isPending?: boolean | undefined;
  isDisabled?: boolean | undefined;
  onPress?: (() => void) | undefined;
}

/** A gesture as large as a thumb, in the dark. Without `onPress` it only tells. */
export function Slab({ title, children, shape, word, isNext = false, isPending = false, isDisabled = false, onPress }: SlabProps) {
  const content = (
    <>
      <span className={word ? STATE_STYLE[word].tone : 'slab-shape'}>{isPending ? <span className="spinner" aria-hidden="true" /> : <Icon shape={word ? STATE_STYLE[word].shape : shape} size={isNext ? 36 : 32} />}</span>
      <span className="slab-words"><b>{title}</b>{children && <span>{children}</span>}</span>
    </>
  );
  const name = `slab${isNext ? ' next' : ''}`;
  if (!onPress) return <div className={name}>{content}</div>;
  return <button type="button" className={name} disabled={isDisabled} aria-busy={isPending || undefined} onClick={() => !isPending && onPress()}>{content}</button>;
}

export interface SlabLinkProps {
  href: string;
  title: ReactNode;
  children?: ReactNode;
  Link?: (props: { href: string; className?: string; children: ReactNode }) => ReactNode;
}

/** A line that leads to a page: "7 élus à appeler vous-même". */
export function SlabLink({ href, title, children, Link = (props) => <a {...props} /> }: SlabLinkProps) {
  return (
    <Link href={href} className="slab-link">
      <span><b>{title}</b>{children && <span>{children}</span>}</span>
      <Icon shape="chevron" size={20} />
    </Link>
  );
}

export interface TaskProps {
  title: ReactNode;
  /** "avant 02:44". */
  before?: ReactNode;
  /** "reste 6:20", or "dépassé de 2:10". */
  left?: ReactNode;
  isLate?: boolean | undefined;
  children?: ReactNode;
  /** One solid button on the whole screen: in the first of the tasks. */
  actions?: ReactNode;
}

/** One thing that waits for the person who looks. */
export function Task({ title, before, left, isLate = false, children, actions }: TaskProps) {
  return (
    <article className={`task${isLate ? ' late' : ''}`}>
      <h3>{title}</h3>
      {(before || left) && <p className="task-limit"><span>{before}</span><span>{left}</span></p>}
      {children && <div className="task-words">{children}</div>}
      {actions && <div className="task-actions">{actions}</div>}
    </article>
  );
}

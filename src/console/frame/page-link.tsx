import type { ReactNode } from 'react';
import { Link } from 'wouter';

export interface PageLinkProps {
  href: string;
  className?: string;
  'aria-current'?: 'page';
  children: ReactNode;
}

/** A link that stays in the console: what the parts take as their `Link`. */
export function PageLink(props: PageLinkProps): ReactNode {
  return <Link {...props} />;
}

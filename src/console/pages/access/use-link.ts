import { useEffect, useState } from 'react';
import type { LinkView } from '../../../contract/people.js';
import { post, Refused, sentenceOf } from '../../api.js';
import { linkSecret } from './link-secret.js';

export type LinkState =
  | { is: 'looking' }
  | { is: 'alive'; secret: string; view: LinkView }
  /** It does not serve, or not any more. */
  | { is: 'dead' }
  | { is: 'unknown'; sentence: string };

/** What the link of this page is worth, asked before a form is shown. */
export function useLink(): [LinkState, () => void] {
  const [state, setState] = useState<LinkState>({ is: 'looking' });
  const [tries, setTries] = useState(0);
  useEffect(() => {
    const secret = linkSecret();
    if (secret === undefined) return setState({ is: 'dead' });
    let left = false;
    post<LinkView>('/api/links/look', { token: secret }).then(
      (view) => { if (!left) setState({ is: 'alive', secret, view }); },
      (error: unknown) => {
        if (left) return;
        setState(error instanceof Refused && error.problem.refused === 'dead-link' ? { is: 'dead' } : { is: 'unknown', sentence: sentenceOf(error) });
      },
    );
    return () => { left = true; };
  }, [tries]);
  return [state, () => setTries(tries + 1)];
}

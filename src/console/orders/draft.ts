import { useState } from 'react';

const PREFIX = 'temps-zero draft ';

/**
 * What is being typed, kept for this tab: a panel that closes or a page that reloads loses nothing. The draft goes when
 * it is set back to nothing.
 */
export function useDraft(name: string): [string, (text: string) => void] {
  const key = PREFIX + name;
  const [text, setText] = useState(() => sessionStorage.getItem(key) ?? '');
  const put = (next: string) => {
    setText(next);
    if (next === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, next);
  };
  return [text, put];
}

import { useState } from 'react';

const PREFIX = 'temps-zero draft ';

/**
 * What is being typed, kept for this tab, or on this device: a panel that closes or a page that reloads loses nothing. The
 * draft goes when it is set back to nothing.
 */
export function useDraft(name: string, keptOn: 'tab' | 'device' = 'tab'): [string, (text: string) => void] {
  const key = PREFIX + name;
  const storage = keptOn === 'tab' ? sessionStorage : localStorage;
  const [text, setText] = useState(() => storage.getItem(key) ?? '');
  const put = (next: string) => {
    setText(next);
    if (next === '') storage.removeItem(key);
    else storage.setItem(key, next);
  };
  return [text, put];
}

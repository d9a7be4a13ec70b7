let taken: string | undefined;

/** The secret of a one-time link, read once from the fragment and taken out of the address: no history keeps it. */
export function linkSecret(): string | undefined {
  const fragment = location.hash.slice(1);
  if (/^[0-9a-f]{32}(?:[0-9a-f]{32})?$/.test(fragment)) {
    taken = fragment;
    history.replaceState(history.state, '', location.pathname + location.search);
  }
  return taken;
}

/** It has served, or never will. */
export function forgetLinkSecret(): void {
  taken = undefined;
}

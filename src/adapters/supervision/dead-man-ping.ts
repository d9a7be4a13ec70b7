const AT_MOST_MS = 10_000;

/** Tells the outside address that all is well. Follows no redirect: who moved it must say so in the settings. */
export function deadManPing(address: string): () => Promise<void> {
  return async () => {
    const answer = await fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(AT_MOST_MS) });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the dead-man address answered ${answer.status}`);
  };
}

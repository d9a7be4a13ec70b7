import { useEffect, useRef, useState } from 'react';
import type { JournalPage } from '../contract/live.js';
import { UnknownEntry } from '../domain/activation.js';
import { get } from './api.js';
import type { Board } from './board.js';
import { reloadOnce } from './connection.js';
import { Reel } from './reel.js';

const PAGE = 500;
const RETRY_MS = 2_000;

/** `loaded` entries of `total` while it arrives; then the reel, which grows with the live board. */
export interface Reading {
  reel: Reel;
  loaded: number;
  total: number;
  whole: boolean;
  /** An entry of a type or version that this page does not know. */
  unknown: boolean;
}

/** Reads the whole journal, page after page, and keeps up with what the live board receives. */
export function useReel(board: Board): Reading {
  const id = board.activation.id;
  const total = board.activation.seq;
  const reel = useRef(new Reel(id)).current;
  const [, render] = useState(0);
  const [unknown, setUnknown] = useState(false);
  const reading = useRef(false);
  const latest = useRef(board);
  latest.current = board;
  useEffect(() => {
    let retry: ReturnType<typeof setTimeout> | undefined;
    const read = async (): Promise<void> => {
      // What the live board has just received needs no request; before it, the journal is read page after page.
      while (!reel.take(latest.current.entries) || reel.seq < latest.current.activation.seq) {
        const { entries } = await get<JournalPage>(`/api/activations/${id}/journal?after=${reel.seq}&limit=${PAGE}`);
        if (entries.length === 0 || !reel.take(entries)) break;
        render((n) => n + 1);
      }
      render((n) => n + 1);
    };
    const attempt = () => {
      if (reading.current || unknown || reel.seq >= total) return;
      reading.current = true;
      read().catch((error: unknown) => {
        if (error instanceof UnknownEntry) {
          setUnknown(true);
          reloadOnce(error.message);
        } else retry = setTimeout(attempt, RETRY_MS);
      }).finally(() => (reading.current = false));
    };
    attempt();
    return () => clearTimeout(retry);
  }, [id, total, reel, unknown]);
  return { reel, loaded: reel.seq, total, whole: reel.seq >= total, unknown };
}

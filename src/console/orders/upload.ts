import type { Uploaded, UploadState } from '../../contract/listings.js';
import { get, post, Refused, request, SignedOut, Unreachable } from '../api.js';

export interface Progress {
  sent: number;
  size: number;
  /** Bytes a second, of late; undefined at the start. */
  rate: number | undefined;
}

const RETRIES = 8;

/**
 * Sends a file in chunks. A cut is taken up again where the server is, so that a photo on a bad network arrives; gives
 * up after several cuts in a row. `base` is where such files are taken; what its end answers is named by an order.
 */
export async function upload<T = Uploaded>(base: string, file: File, onProgress: (progress: Progress) => void, signal?: AbortSignal): Promise<T> {
  let state = await persist(() => post<UploadState>(base, { name: file.name, size: file.size }));
  const began = performance.now();
  while (state.received < file.size) {
    signal?.throwIfAborted();
    const { upload: id, received, chunk } = state;
    onProgress({ sent: received, size: file.size, rate: received === 0 ? undefined : (received * 1000) / (performance.now() - began) });
    const bytes = new Uint8Array(await file.slice(received, received + chunk).arrayBuffer());
    state = await persist(() => sendChunk(`${base}/${id}`, received, bytes), () => get<UploadState>(`${base}/${id}`));
  }
  onProgress({ sent: file.size, size: file.size, rate: undefined });
  return persist(() => post<T>(`${base}/${state.upload}/complete`, {}, { timeoutMs: 60_000 }));
}

async function sendChunk(address: string, offset: number, bytes: Uint8Array): Promise<UploadState> {
  try {
    return await request<UploadState>('PUT', `${address}?offset=${offset}`, { body: bytes, timeoutMs: 60_000 });
  } catch (error) {
    // The server has another part of it than we think: go on from where it is.
    if (error instanceof Refused && error.problem.refused === 'upload-offset') return get<UploadState>(address);
    throw error;
  }
}

/** Tries again after a cut; `resume` says where things stand before the next attempt. */
async function persist<T>(work: () => Promise<T>, resume?: () => Promise<T>): Promise<T> {
  for (let cuts = 0; ; cuts++) {
    try {
      return await (cuts > 0 && resume ? resume() : work());
    } catch (error) {
      if (error instanceof SignedOut || !(error instanceof Unreachable) || cuts >= RETRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(8_000, 500 * 2 ** cuts)));
    }
  }
}

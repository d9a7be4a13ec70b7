import type { People } from './live.js';
import type { FunctionCode } from '../domain/entry.js';
import type { Lack } from '../domain/people/training.js';
import type { Right } from '../domain/rights.js';

/** Who may be given a step or a function: `GET /api/people/working`. */
export type Working = Record<string, People[string] & { rights: Right[]; /** 47.2, 50.2: what their training lacks for each function that they may not hold without a reason. */ lacks: Partial<Record<FunctionCode, Lack[]>> }>;

/** `POST /api/activations/{id}/uploads`, and where a cut upload is taken up again: `GET …/uploads/{uid}`. */
export interface UploadState {
  upload: string;
  /** Bytes that the server has: the next chunk starts there. */
  received: number;
  size: number;
  /** The largest chunk, in bytes. */
  chunk: number;
}

/** `POST …/uploads/{uid}/complete`: what an order names as evidence or attachment. */
export interface Uploaded {
  digest: string;
  bytes: number;
  /** Sniffed from the content, whatever the name says. */
  mime: string;
}

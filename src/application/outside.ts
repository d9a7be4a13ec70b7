/** Why nothing came of a request to an address that somebody typed. */
export const OUTSIDE_FAULTS = [
  'not-an-address', 'https-needed', 'credentials', 'private-address', 'redirect-refused', 'unknown-host', 'unreachable', 'certificate',
  'too-large', 'no-answer',
] as const;
export type OutsideFault = (typeof OUTSIDE_FAULTS)[number];

export class OutsideFailed extends Error {
  constructor(readonly fault: OutsideFault, options?: ErrorOptions) {
    super(fault, options);
  }
}

export interface OutsideRequest {
  method: 'GET' | 'POST';
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** How much of the answer is read; with 0 nothing of it is, and its status is all that counts. */
  mostBytes: number;
  /** Who asks says how long: it fails with `no-answer` when this aborts. */
  signal: AbortSignal;
}
export interface OutsideAnswer {
  status: number;
  retryAfter: string | undefined;
  /** What the answer says of itself, to ask again only for what changed. */
  etag?: string | undefined;
  lastModified?: string | undefined;
  contentType?: string | undefined;
  body: Uint8Array;
}

/** The only way to an address that a user typed: private ones are refused unless listed, also behind a name or a redirection. */
export abstract class Outside {
  /** What is wrong with an address before anybody asks it. */
  abstract faultOf(url: string): OutsideFault | undefined;
  /** Whatever the answer says, it is an answer; throws OutsideFailed where there is none. */
  abstract request(request: OutsideRequest): Promise<OutsideAnswer>;
}

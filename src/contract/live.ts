import type { ActivationEntry } from '../domain/events.js';
import type { Audience, Lane, Withheld } from '../domain/entry.js';
import type { Right } from '../domain/rights.js';
import type { Segment } from '../domain/clock/exercise-time.js';
import type { Activation, Life } from '../domain/state.js';
import type { Ms } from '../domain/time.js';

/** Raised when a console of another version must reload. */
export const CONTRACT = 1;

/** Content of the vault by digest (of a file: its name); null: erased, or not for this reader. */
export type Texts = Record<string, string | null>;

/** `GET /api/activations/{id}`: where a board starts. */
export interface Snapshot {
  contract: number;
  audience: Audience;
  activation: Activation;
  /** The last entries of the journal, as this audience sees them; older ones by `journal?before=`. */
  entries: (ActivationEntry | Withheld)[];
  texts: Texts;
  /** Our clock when this was written, and the time inside the activation. */
  wall: Ms;
}

/** `GET /api/activations/{id}/journal?after=N&limit=M` */
export interface JournalPage {
  entries: (ActivationEntry | Withheld)[];
  texts: Texts;
  /** The last number of the journal. */
  seq: number;
}

/** One line of the opening page: `GET /api/activations`. */
export interface ActivationLine {
  id: string;
  lane: Lane;
  life: Life;
  kind: 'cod' | 'important';
  title: string | null;
  openedAt: Ms;
  endedAt: Ms | null;
  synergi: string | null;
  timeZone: string;
  /** Of an exercise: the stretch of its time that runs. */
  segments: Segment[];
  clocks: { id: string; t0: Ms; ends: Ms }[];
  /** SYNERGI declarations that wait for an answer, on top of every console. */
  declarations: { id: string; number: string; t0: Ms; receivedAt: Ms }[];
}

/** `GET /api/me` */
export interface Me {
  account: string;
  name: string;
  title: string;
  rights: Right[];
  audience: Audience | null;
  /** The second factor was given, is asked for now, must be set up first, or is not needed. */
  secondFactor: 'given' | 'asked' | 'to-set-up' | 'not-needed';
  house: {
    prefecture: string; departement: string; timeZone: string;
    /** Everything here is played by a script, on a folder that will be thrown away. */
    demonstration: boolean;
  };
  /** A screen of the wall, which is nobody's account and only reads. */
  screen?: true;
  /** Sent back in `X-CSRF-Token` with each order; empty for a screen. */
  csrf: string;
  /** Our clock when this was written: a page knows the time before its socket brings any. */
  wall: Ms;
}

/** What only the holder of a session is told of it. */
export type OwnSession = Pick<Me, 'name' | 'title' | 'secondFactor' | 'screen' | 'csrf' | 'wall'>;

/** `GET /api/people?ids=`: what to call an account, a token or a contact. An erased person reads "personne effacée". */
export type People = Record<string, { name: string; title: string; erased: boolean }>;

/* Live: namespace `/`, path `/live`. The socket brings news; orders go over HTTP. */

export interface ServerToBoard {
  /** Entries in order, from `entries[0].seq` on; a gap is filled with `journal?after=`. */
  news(news: { activation: string; entries: (ActivationEntry | Withheld)[]; texts: Texts; wall: Ms }): void;
  /** Every few seconds: the server lives, its clock, and the last number of what the board follows. */
  alive(alive: { wall: Ms; activation: string | null; seq: number | null; contract: number }): void;
  lobby(): void;
  request(request: BoardRequest): void;
}

/** A request to this person: it sounds, and it shows until it is dealt with. */
export interface BoardRequest {
  id: string;
  activation: string;
  lane: Lane;
  kind: string;
  body: Record<string, unknown>;
  /** In an exercise: EXERCICE EXERCICE EXERCICE, put there by the engine. */
  mark: string | null;
}

export interface BoardToServer {
  /** Follow an activation (null: only the opening page) from the number that the board has. */
  follow(target: { activation: string | null; after: number }, answer: (result: { ok: boolean; seq: number }) => void): void;
}

/** RFC 9457; `refused` is the code, `details` what the French sentence needs. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  refused: string;
  details?: Record<string, unknown>;
}

/** The answer to an order. */
export interface Accepted {
  activation: string;
  fromSeq: number;
  toSeq: number;
  repeated: boolean;
  outcome?: 'opened' | 'same' | 'waiting';
}

import type { CallDesk, LineProtocol, LineRequest, LineSaid, Speech } from '../../application/outreach/telephony.js';
import type { Ms } from '../../domain/time.js';

/** A provider waits 15 s for an answer, then speaks to the person in its own words. */
const PATIENCE_MS = 10_000;

const GONE: Speech = { say: ['Ce message n’est plus d’actualité.', 'Au revoir.'] };
const UNREADABLE: Speech = { say: ['Une difficulté technique empêche de vous lire ce message.', 'Au revoir.'] };
const UNRECORDED: Speech = { say: ['Une difficulté technique empêche d’enregistrer votre réponse.', 'Au revoir.'] };

/** For the operator: who asks without a signature, and what failed while somebody listened. */
export interface LineNotices {
  forged(account: string): void;
  failed(error: unknown): void;
}

export interface LineAnswer {
  status: number;
  contentType?: string;
  body?: string;
}

/** What a provider is answered: in its own language, in time, and whatever fails behind. */
export class LineDesk {
  constructor(
    private readonly protocol: LineProtocol,
    private readonly desk: CallDesk,
    private readonly notices: LineNotices,
    private readonly patienceMs: Ms = PATIENCE_MS,
  ) {}

  /** The voice asks what to say. */
  voice(request: LineRequest, token: string): Promise<LineAnswer> {
    return this.#signed(request, () => this.#spoken(request.account, () => this.desk.answered(token), UNREADABLE));
  }

  keys(request: LineRequest, token: string): Promise<LineAnswer> {
    return this.#signed(request, ({ keys }) => this.#spoken(request.account, () => this.desk.pressed(token, keys), UNRECORDED));
  }

  incoming(request: LineRequest): Promise<LineAnswer> {
    const { account } = request;
    return this.#signed(request, ({ from, sid }) => this.#spoken(account, () => this.desk.calledBack({ from, sid, account }), UNREADABLE));
  }

  /** A call or a text goes on. A state that we do not know is no fault of theirs. */
  status(request: LineRequest, token: string): Promise<LineAnswer> {
    return this.#signed(request, async ({ news }) => {
      const known = news === undefined || (await this.desk.progressed(token, request.account, news));
      return { status: known ? 204 : 404 };
    });
  }

  /** Somebody writes. What fails here is said to the provider: it may ask again, or elsewhere. */
  text(request: LineRequest): Promise<LineAnswer> {
    const { account } = request;
    return this.#signed(request, async ({ from, text, sid }) => this.#document(this.protocol.answer(await this.desk.replied({ from, text, sid, account }))));
  }

  async #signed(request: LineRequest, act: (said: LineSaid) => Promise<LineAnswer>): Promise<LineAnswer> {
    const said = this.protocol.read(request);
    if (said) return act(said);
    this.notices.forged(request.account);
    return { status: 403 };
  }

  /** Whoever holds the telephone hears French, and never that a thing is recorded when it may not be. */
  async #spoken(account: string, ask: () => Promise<Speech | undefined>, otherwise: Speech): Promise<LineAnswer> {
    try {
      return this.#document(this.protocol.voice(account, (await this.#inTime(ask())) ?? GONE));
    } catch (error) {
      this.notices.failed(error);
      return this.#document(this.protocol.voice(account, otherwise));
    }
  }

  #document(body: string): LineAnswer {
    return { status: 200, contentType: this.protocol.contentType, body };
  }

  async #inTime<T>(work: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error(`no speech within ${this.patienceMs} ms`)), this.patienceMs);
    });
    try {
      return await Promise.race([work, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}

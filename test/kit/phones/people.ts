// What people do with their telephones, as a test says it in a sentence, or as a script of the population.
import type { Behaviour } from '../../../src/domain/exercise/behaviour.js';
import type { Ms } from '../../../src/domain/time.js';

/** What becomes of a call when it rings. */
export type Pickup = { does: 'answers'; afterMs: Ms } | { does: 'busy' | 'no-answer' | 'invalid' };

/** One call, as whoever is called lives it. */
export interface Handset {
  pickup: Pickup;
  /** From the first ring; undefined: until the other end hangs up. */
  hangsUpAfterMs?: Ms | undefined;
  /** From the answer. */
  hangsUpIntoMs?: Ms | undefined;
  hears(sentence: string): void;
  /** The voice has asked for a key. Undefined: nothing is pressed. */
  asked(): { key: string; afterMs: Ms } | undefined;
  /** A key was pressed; whether anybody took it. */
  pressed(key: string, taken: boolean): void;
  /** What was not as it should have been. */
  ended(): string[];
}

/** Somebody of the population: they press what they press, whatever is said. */
export function handsetOf(behaviour: Behaviour): Handset {
  const presses = behaviour.kind === 'answers' ? [...behaviour.presses] : [];
  return {
    pickup: behaviour.kind === 'answers' || behaviour.kind === 'machine' ? { does: 'answers', afterMs: behaviour.afterSeconds * 1_000 } : { does: behaviour.kind },
    hangsUpAfterMs: behaviour.kind === 'answers' ? behaviour.hangsUpAfterSeconds * 1_000 : undefined,
    hears: () => {},
    asked: () => {
      const next = presses.shift();
      return next && { key: next.key, afterMs: next.afterSeconds * 1_000 };
    },
    pressed: () => {},
    ended: () => [],
  };
}

type Step = { hear: RegExp } | { press: string; afterMs: Ms; inVain: boolean };

/** `call().saying(/inondation/).pressing('1').thenHearing(/enregistré/)` */
export class ExpectedCall {
  readonly steps: Step[] = [];
  pickup: Pickup = { does: 'answers', afterMs: 4_000 };
  /** Refused when it is ordered, with this code: it never rings. */
  refusal: number | undefined;
  hangsUpIntoMs: Ms | undefined;

  saying(what: RegExp): this {
    this.steps.push({ hear: what });
    return this;
  }

  thenHearing(what: RegExp): this {
    return this.saying(what);
  }

  /** So many seconds after the voice has asked for it. `inVain`: nobody must take it any more. */
  pressing(key: string, { afterSeconds = 2, inVain = false } = {}): this {
    this.steps.push({ press: key, afterMs: afterSeconds * 1_000, inVain });
    return this;
  }

  answeredAfter(seconds: number): this {
    this.pickup = { does: 'answers', afterMs: seconds * 1_000 };
    return this;
  }

  thenHangingUp({ afterSeconds }: { afterSeconds: number }): this {
    this.hangsUpIntoMs = afterSeconds * 1_000;
    return this;
  }

  /** An answering machine: it listens to the end and presses nothing. */
  takenByAMachine(): this {
    return this.answeredAfter(8);
  }

  findingTheLineBusy(): this {
    this.pickup = { does: 'busy' };
    return this;
  }

  leftRinging(): this {
    this.pickup = { does: 'no-answer' };
    return this;
  }

  toAWrongNumber(): this {
    this.pickup = { does: 'invalid' };
    return this;
  }

  refusedAtOnce(code: number): this {
    this.refusal = code;
    return this;
  }

  get description(): string {
    const said = this.steps.map((step) => ('hear' in step ? `saying ${String(step.hear)}` : `pressing ${step.press}`));
    return ['a call', ...said, ...(this.pickup.does === 'answers' ? [] : [`(${this.pickup.does})`])].join(' ');
  }

  handset(): Handset {
    // What is heard before the first key, between two of them, after the last one.
    const stretches: string[][] = [[]];
    const presses = this.steps.filter((step) => 'press' in step);
    const waiting = [...presses];
    const faults: string[] = [];
    return {
      pickup: this.pickup,
      hangsUpIntoMs: this.hangsUpIntoMs,
      hears: (sentence) => stretches.at(-1)!.push(sentence),
      asked: () => {
        const next = waiting.shift();
        return next && { key: next.press, afterMs: next.afterMs };
      },
      pressed: (key, taken) => {
        stretches.push([]);
        const step = presses[stretches.length - 2];
        if (step && step.inVain === taken) faults.push(taken ? `key ${key} was taken, and should have come too late` : `nobody took key ${key}`);
      },
      ended: () => {
        if (this.pickup.does !== 'answers') return [];
        let stretch = 0;
        for (const step of this.steps) {
          if ('press' in step) stretch++;
          else if (!step.hear.test((stretches[stretch] ?? []).join(' '))) faults.push(`${String(step.hear)} was not heard, but: « ${(stretches[stretch] ?? []).join(' ')} »`);
        }
        const missed = presses.slice(stretches.length - 1).filter(({ inVain }) => !inVain);
        return [...faults, ...missed.map(({ press }) => `the voice never asked for key ${press}, or ended before it came`)];
      },
    };
  }
}

export type Delivery = { does: 'delivered' } | { does: 'undelivered'; code: number } | { does: 'lost' };

/** `text().saying(/inondation/).replying('ok')` */
export class ExpectedText {
  readonly #heard: RegExp[] = [];
  delivery: Delivery = { does: 'delivered' };
  refusal: number | undefined;
  reply: { text: string; afterMs: Ms } | undefined;

  saying(what: RegExp): this {
    this.#heard.push(what);
    return this;
  }

  replying(text: string, { afterSeconds = 20 } = {}): this {
    this.reply = { text, afterMs: afterSeconds * 1_000 };
    return this;
  }

  /** 30003 off, 30005 unknown, 30006 a landline… */
  undelivered(code: number): this {
    this.delivery = { does: 'undelivered', code };
    return this;
  }

  /** Sent, and nobody ever says what became of it. */
  neverConfirmed(): this {
    this.delivery = { does: 'lost' };
    return this;
  }

  refusedAtOnce(code: number): this {
    this.refusal = code;
    return this;
  }

  get description(): string {
    return ['a text', ...this.#heard.map((what) => `saying ${String(what)}`)].join(' ');
  }

  faults(body: string): string[] {
    return this.#heard.filter((what) => !what.test(body)).map((what) => `${String(what)} is not in « ${body} »`);
  }
}

export const call = () => new ExpectedCall();
export const text = () => new ExpectedText();

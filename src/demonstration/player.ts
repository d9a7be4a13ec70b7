import { clockMinute } from '../contract/french-times.js';
import { fr } from '../contract/french-typography.js';
import type { CallLine } from '../contract/call-list.js';
import type { Accepted, Problem, Snapshot } from '../contract/live.js';
import { wallTime } from '../domain/clock/exercise-time.js';
import { SECOND, toInstant, type Instant, type Ms } from '../domain/time.js';
import { Agent, Said } from './agent.js';
import type { Scene } from './language.js';
import { storyTime, type Line, type Role, type Story } from './story.js';

/** The time of the theatre: the machine's, or the one that a test moves. */
export interface Time {
  wall(): Ms;
  pass(ms: Ms): Promise<void>;
}

/** What a line met that the story did not tell: a visitor who was faster, a plan that a préfecture changed. */
export interface Surprise {
  line: Line;
  problem: Problem | undefined;
}

export interface Performance {
  activation: string;
  surprises: Surprise[];
  /** False: somebody ended the exercise before the story did. */
  whole: boolean;
}

/** How often the exercise's clock is read while a line waits: a visitor may have paused it, or changed its speed. */
const LOOK_EVERY: Ms = SECOND;

/** The cast, each with an account of their own, made as an administrator makes accounts. */
export async function gather(url: string, firstAdminLink: string, cast: readonly Role[]): Promise<Map<string, Agent>> {
  const administrator = await Agent.first(url, firstAdminLink, { login: 'regie', name: 'Régie', title: 'administratrice de la démonstration' });
  const agents = await Promise.all(cast.map((role) => administrator.invite({ ...role, login: loginOf(role.name) })));
  return new Map(agents.map((agent) => [agent.name, agent]));
}

/** Plays a story once, through the public API alone, each line at its time of the exercise. */
export class Player {
  constructor(
    private readonly story: Story,
    private readonly company: ReadonlyMap<string, Agent>,
    private readonly time: Time,
    private readonly speed: number,
  ) {}

  /** `opened` is told as soon as there is something to see. */
  async play(opened: () => void = () => {}): Promise<Performance> {
    const [opening, ...lines] = this.story.lines as [Line, ...Line[]];
    // The story's T0: its first line is played now. On a whole second, as anybody types a time.
    const t0 = Math.floor(this.time.wall() / SECOND) * SECOND - opening.at;
    const activation = await this.#open(opening, t0);
    opened();
    const surprises: Surprise[] = [];
    let ended: Ms | undefined;
    for (const line of lines) {
      // Once the story has ended it, the exercise's clock is over: what is said in the review keeps the pace of the story.
      if (ended !== undefined) await this.time.pass((line.at - ended) / this.speed);
      else if ((await this.#until(t0 + line.at, activation)) !== 'running') return { activation, surprises, whole: false };
      const refusal = await this.#act(line, activation, t0);
      if (refusal?.refused !== line.refused) surprises.push({ line, problem: refusal });
      if (ended !== undefined || line.said.order === 'end') ended = line.at;
    }
    return { activation, surprises, whole: true };
  }

  async #open({ said, who }: Line, t0: Ms): Promise<string> {
    const scene = sceneOf({ t0 });
    const { title, t0: declared } = said.body(scene) as { title: string; t0: string };
    const order = { lane: 'exercise', kind: 'cod', title, t0: scene.instant(declared), speed: this.speed };
    return (await this.#agent(who).post<Accepted>('/api/activations', order)).activation;
  }

  /** Waits until the exercise shows that time, whatever its speed meanwhile; answers whether it still runs. */
  async #until(at: Ms, activation: string): Promise<Snapshot['activation']['life']> {
    const [anybody] = this.company.values();
    for (;;) {
      const { activation: { segments, life } } = await anybody!.snapshot(activation);
      const left = wallTime(segments, at) - this.time.wall();
      // Ended while it was paused, its time never comes.
      if (left <= 0 || life === 'cancelled' || (life !== 'running' && left === Infinity)) return life;
      await this.time.pass(Math.min(Math.ceil(left), LOOK_EVERY));
    }
  }

  async #act({ said, who }: Line, activation: string, t0: Ms): Promise<Problem | undefined> {
    const agent = this.#agent(who);
    const { activation: a } = await agent.snapshot(activation);
    const contacts = new Map<string, string>();
    if (said.order === 'record-call') {
      const all = Object.entries(a.contacts).flatMap(([step, list]) => list.map((contact) => ({ step, ...contact })));
      const texts = await agent.texts(activation, all.map(({ line }) => line.digest));
      for (const { step, person, line } of all) contacts.set(`${step} ${(JSON.parse(texts[line.digest] ?? '{}') as Partial<CallLine>).name}`, person);
    }
    try {
      await agent.post(`/api/activations/${activation}/${said.order}`, {
        ...said.body(sceneOf({ t0, a, contacts, company: this.company })), ...(said.for ? { for: said.for } : {}),
      });
      return undefined;
    } catch (error) {
      if (error instanceof Said) return error.problem;
      throw error;
    }
  }

  #agent(name: string): Agent {
    return this.company.get(name)!;
  }
}

interface Sight {
  t0: Ms;
  a?: Snapshot['activation'];
  contacts?: ReadonlyMap<string, string>;
  company?: ReadonlyMap<string, Agent>;
}

const NOBODY = '0'.repeat(32);

/** What somebody sees when their line comes. What is not there gives an order that the server refuses: the story goes on. */
function sceneOf({ t0, a, contacts, company }: Sight): Scene {
  const zone = a?.timeZone ?? 'Europe/Paris';
  const instant = (at: string): Instant => toInstant(t0 + storyTime(at));
  return {
    instant,
    seen: (step) => a?.steps[step]?.version ?? 0,
    textVersion: (step) => a?.steps[step]?.text?.version ?? 1,
    clockVersion: () => a?.clocks.cod?.versions.at(-1)?.seq ?? 0,
    person: (name) => company?.get(name)?.id ?? NOBODY,
    contact: (step, name) => contacts?.get(`${step} ${name}`) ?? NOBODY,
    oral: () => a?.orals.find(({ confirmedBy }) => confirmedBy === undefined)?.seq ?? 1,
    promise: (at) => a?.promises.find(({ promisedFor }) => toInstant(promisedFor) === instant(at))?.seq ?? 1,
    text: (words) => fr(words.replace(/\{(\d+:\d\d)\}/g, (_, at: string) => clockMinute(t0 + storyTime(at), zone).replace(':', '\u00a0h\u00a0'))),
  };
}

/** "Éloïse Garnier": e.garnier */
function loginOf(name: string): string {
  const [first, ...last] = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().split(' ');
  return `${first![0]}.${last.join('')}`;
}

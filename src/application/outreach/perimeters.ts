import { decideAdministration, type AdminCommand } from '../../domain/administration-rules.js';
import type { Circles } from '../../domain/outreach/choice.js';
import type { KeptPerimeter } from '../../domain/outreach/kept.js';
import { isRefusal, refuse, type Refusal } from '../../domain/refusal.js';
import type { Ms } from '../../domain/time.js';
import type { Actor, Administration } from '../administration.js';
import type { Communes } from '../communes.js';
import type { Random } from '../ports.js';
import type { Perimeters, PerimeterChange } from './perimeter-store.js';

export interface WantedPerimeter {
  name: string;
  circles: Circles;
  /** Saved over this one, as it was seen; absent: a new one. */
  over?: { id: string; seen: Ms };
}

/** Perimeters kept under a name: each act is an entry of the administration's journal and its row, in one transaction. */
export class KeptPerimeters {
  constructor(
    private readonly administration: Administration,
    private readonly store: Perimeters,
    private readonly communes: Communes,
    private readonly random: Random,
  ) {}

  list(): Promise<KeptPerimeter[]> {
    return this.store.list();
  }

  async find(id: string): Promise<KeptPerimeter | Refusal> {
    return (await this.store.list()).find((one) => one.id === id) ?? refuse('unknown-perimeter');
  }

  async keep(actor: Actor, { name, circles, over }: WantedPerimeter): Promise<KeptPerimeter | Refusal> {
    const unknown = [...circles.circle1, ...circles.circle2].find((code) => !this.communes.knows(code));
    if (unknown !== undefined) return refuse('unknown-commune', { commune: unknown });
    const circle1 = [...new Set(circles.circle1)];
    const circle2 = [...new Set(circles.circle2)];
    const perimeter = over?.id ?? this.random.id();
    let saved: KeptPerimeter | undefined;
    const refused = await this.#write(actor, async () => {
      const there = await this.store.list();
      saved = there.find(({ id }) => id === over?.id);
      const others = there.filter(({ id }) => id !== over?.id).map((one) => one.name);
      return { type: 'save-perimeter', perimeter, known: saved, seen: over?.seen, name, circles: { circle1, circle2 }, others };
    }, (now) => {
      // Two saves within one millisecond are two versions all the same.
      saved = { id: perimeter, name, circle1, circle2, createdBy: saved?.createdBy ?? actor.id, changedAt: Math.max(now, (saved?.changedAt ?? 0) + 1) };
      return { change: 'perimeter-put', perimeter: saved };
    });
    return refused ?? saved!;
  }

  drop(actor: Actor, id: string): Promise<Refusal | undefined> {
    return this.#write(actor, async () => ({ type: 'remove-perimeter', known: (await this.store.list()).find((one) => one.id === id) }),
      () => ({ change: 'perimeter-removed', perimeter: id }));
  }

  async #write(actor: Actor, command: () => Promise<AdminCommand>, change: (now: Ms) => PerimeterChange): Promise<Refusal | undefined> {
    const written = await this.administration.write(actor, async (state, now) => {
      const events = decideAdministration(state, await command(), { rights: actor.rights, now });
      if (isRefusal(events) || events.length === 0) return isRefusal(events) ? events : { events };
      return { events, changes: [change(now)] };
    });
    return isRefusal(written) ? written : undefined;
  }
}

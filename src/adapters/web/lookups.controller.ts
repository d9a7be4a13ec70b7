import { Controller, Get, Headers, Query } from '@nestjs/common';
import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { Communes } from '../../application/communes.js';
import { Book } from '../../application/directory/book.js';
import { Trainings } from '../../application/people/trainings.js';
import { Directory } from '../../application/ports.js';
import type { Working } from '../../contract/listings.js';
import type { Me, People } from '../../contract/live.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import type { Commune, CommuneGroup } from '../../domain/communes.js';
import { FUNCTIONS } from '../../domain/entry.js';
import type { Plan } from '../../domain/plan/plan.js';
import { refuse } from '../../domain/refusal.js';
import { FIVE, type Right } from '../../domain/rights.js';
import { ForScreens } from './guard.js';
import { HouseSettings } from './house.controller.js';
import { parse, Refused } from './refused.js';
import { BeforeSecondFactor, Authentication, Signed, type SignedIn } from './signed-in.js';

const FOUND = 50;
/** Accounts that may hold a function somewhere: the planner in exercises. */
const WORKING: readonly Right[] = [...FIVE, 'cip', 'planificateur'];

const departement = z.string().max(3).optional();
const communesQuery = z.object({
  q: z.string().trim().max(80).default(''), departement,
  codes: z.string().max(10_000).transform((text) => text.split(',').filter((code) => code !== '')).optional(),
});
const groupsQuery = z.object({ departement });
const peopleQuery = z.object({
  ids: z.string().max(10_000).transform((text) => text.split(',').filter((id) => id !== '')).pipe(z.array(z.string().max(40)).max(200)),
});

/** The plan that the next activation will freeze. */
export class NextPlan {
  constructor(readonly plan: Plan) {}
}

@Controller('api')
export class LookupsController {
  constructor(
    private readonly authentication: Authentication,
    private readonly directory: Directory,
    private readonly communes: Communes,
    private readonly book: Book,
    private readonly settings: HouseSettings,
    private readonly next: NextPlan,
    private readonly trainings: Trainings,
  ) {}

  @BeforeSecondFactor()
  @ForScreens()
  @Get('me')
  async me(@Signed() signedIn: SignedIn, @Headers() headers: IncomingHttpHeaders): Promise<Me> {
    const session = await this.authentication.session(headers, signedIn);
    if (!session) throw new Refused(refuse('signed-out'));
    const { id, rights } = signedIn.author;
    return { account: id, rights: [...rights], audience: signedIn.audience ?? null, house: this.settings.shown.house, ...session };
  }

  /** Names stay out of the journal: they reach the screen by id, by this door, and an erased person keeps the title alone. */
  @ForScreens()
  @Get('people')
  async people(@Signed() { audience, author }: SignedIn, @Query() query: unknown): Promise<People> {
    const ids = new Set(parse(peopleQuery, query).ids);
    const accounts = (await this.directory.accounts()).filter(({ id }) => ids.has(id));
    const tokens = (await this.directory.tokens()).filter(({ id }) => ids.has(id));
    const screens = (await this.directory.screens()).filter(({ id }) => ids.has(id));
    // Those of the directory for whoever may have to call them: never for a wall that everybody passes, nor for a player.
    const mayName = audience === 'direction' || audience === 'cell' || mayAdminister(author.rights, 'read-directory');
    const known = mayName ? [...ids].flatMap((id) => this.book.person(id) ?? []) : [];
    return Object.fromEntries([
      ...known.map(({ id, firstName, lastName, title }) => [id, { name: `${firstName} ${lastName}`.trim(), title, erased: false }] as const),
      ...accounts.map(({ id, name, title, erasedAt }) =>
        [id, erasedAt === null ? { name, title, erased: false } : { name: 'personne effacée', title, erased: true }] as const),
      ...tokens.map(({ id, name }) => [id, { name, title: 'script', erased: false }] as const),
      ...screens.map(({ id, name }) => [id, { name, title: 'écran mural', erased: false }] as const),
    ]);
  }

  @Get('people/working')
  async working(): Promise<Working> {
    const accounts = (await this.directory.accounts()).filter(({ disabledAt, erasedAt, rights }) =>
      disabledAt === null && erasedAt === null && rights.some((right) => WORKING.includes(right)));
    return Object.fromEntries(await Promise.all(accounts.map(async ({ id, name, title, rights }) => {
      const lacks = await Promise.all(FUNCTIONS.map(async (code) => [code, await this.trainings.lacks(id, code)] as const));
      return [id, { name, title, erased: false, rights, lacks: Object.fromEntries(lacks.filter(([, lack]) => lack.length > 0)) }] as const;
    })));
  }

  /** By name, code or beginning of either; or the names of known codes. */
  @ForScreens()
  @Get('communes')
  found(@Query() query: unknown): Commune[] {
    const { q, departement, codes } = parse(communesQuery, query);
    if (codes) return this.communes.named(codes);
    return q === '' ? [] : this.communes.search(q, departement, FOUND);
  }

  /** To choose from: a perimeter by population, a pasted list, neighbours. */
  @Get('communes/all')
  all(): Commune[] {
    return this.communes.all();
  }

  @Get('communes/groups')
  groups(@Query() query: unknown): CommuneGroup[] {
    return this.communes.groups(parse(groupsQuery, query).departement);
  }

  @Get('plan')
  plan(): Plan {
    return this.next.plan;
  }
}

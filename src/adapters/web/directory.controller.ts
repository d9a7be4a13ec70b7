import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { z } from 'zod';
import { Communes } from '../../application/communes.js';
import { Book } from '../../application/directory/book.js';
import { Inspection } from '../../application/directory/inspection.js';
import { Keeper } from '../../application/directory/keeper.js';
import {
  changePersonOrder, erasePeopleOrder, newPersonOrder, personLine, revealContactOrder, type PeoplePage, type PersonLine, type Revealed,
} from '../../contract/directory.js';
import { PERSON_KINDS } from '../../domain/directory/person.js';
import { refuse } from '../../domain/refusal.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse, parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

const FOUND = 50;
const query = z.object({ q: z.string().trim().max(80).default(''), kind: z.enum(PERSON_KINDS).optional(), commune: z.string().max(5).optional() });

/** The directory: numbers masked, whoever reads; each one shown whole is logged. */
@Controller('api/directory')
export class DirectoryController {
  constructor(
    private readonly book: Book,
    private readonly keeper: Keeper,
    private readonly communes: Communes,
    private readonly inspection: Inspection,
  ) {}

  @Get('people')
  people(@Signed() signedIn: SignedIn, @Query() asked: unknown): PeoplePage {
    mayOrRefuse(signedIn, 'read-directory');
    const { q, kind, commune } = parse(query, asked);
    const { found, more } = this.book.search(q, FOUND, (person) => (kind === undefined || person.kind === kind) && (commune === undefined || person.commune === commune));
    return { people: found.map((person) => this.#line(person)), more, total: this.book.size, freshnessMonths: this.inspection.settings.freshnessMonths };
  }

  @Get('people/:id')
  person(@Signed() signedIn: SignedIn, @Param('id') id: string): PersonLine {
    mayOrRefuse(signedIn, 'read-directory');
    return this.#line(orRefuse(this.book.person(id) ?? refuse('unknown-person')));
  }

  @Post('people')
  async add(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<{ person: string }> {
    mayOrRefuse(signedIn, 'add-person');
    return orRefuse(await this.keeper.add(signedIn.author, this.#known(parse(newPersonOrder, body))));
  }

  @Post('people/:id/change')
  @HttpCode(204)
  async change(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'change-person');
    const { seen, ...typed } = this.#known(parse(changePersonOrder, body));
    orRefuse(await this.keeper.change(signedIn.author, id, seen, typed));
  }

  @Post('erase')
  @HttpCode(204)
  async erase(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'erase-people');
    const { people, why } = parse(erasePeopleOrder, body);
    orRefuse(await this.keeper.erase(signedIn.author, people, why));
  }

  @Post('people/:id/reveal')
  @HttpCode(200)
  async reveal(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<Revealed> {
    mayOrRefuse(signedIn, 'reveal-contact');
    return orRefuse(await this.keeper.reveal(signedIn.author, id, parse(revealContactOrder, body).contact));
  }

  #known<T extends { commune: string | null }>(typed: T): T {
    if (typed.commune !== null && !this.communes.knows(typed.commune)) orRefuse(refuse('unknown-commune', { commune: typed.commune }));
    return typed;
  }

  #line(person: Parameters<typeof personLine>[0]): PersonLine {
    return personLine(person, (code) => this.communes.named([code])[0]?.name);
  }
}

import { Controller, Get, Param, Query } from '@nestjs/common';
import { Communes } from '../../application/communes.js';
import { Book } from '../../application/directory/book.js';
import { Inspection } from '../../application/directory/inspection.js';
import { contactLine, findingsQuery, namedPerson, type FindingLine, type FindingsPage, type NamedPerson, type QualityShown } from '../../contract/directory.js';
import { FLAWS, type Finding } from '../../domain/directory/quality.js';
import { MOST_ERASED } from '../../domain/directory/rules.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** Of each flaw at first; the others are counted, and come when they are asked for. */
const SHOWN = 30;
const PAGE = 100;

/** What to mend first in the directory; numbers masked, whoever reads. */
@Controller('api/directory')
export class QualityController {
  constructor(
    private readonly inspection: Inspection,
    private readonly book: Book,
    private readonly communes: Communes,
  ) {}

  @Get('quality')
  async quality(@Signed() signedIn: SignedIn): Promise<QualityShown> {
    mayOrRefuse(signedIn, 'read-directory');
    const { score, parts, findings } = await this.inspection.quality();
    const toPurge = this.inspection.toPurge();
    const flaws = FLAWS.map((flaw) => ({ flaw, count: findings[flaw].length, first: findings[flaw].slice(0, SHOWN).map((one) => this.#line(one)) }));
    return {
      score, parts, flaws, toPurge: toPurge.slice(0, MOST_ERASED).map((person) => namedPerson(person, this.#communeName)), purgeable: toPurge.length, ...this.inspection.settings,
    };
  }

  /** Those behind the first ones. */
  @Get('quality/:flaw')
  async findings(@Signed() signedIn: SignedIn, @Param('flaw') name: string, @Query() asked: unknown): Promise<FindingsPage> {
    mayOrRefuse(signedIn, 'read-directory');
    const { flaw, from } = parse(findingsQuery, { ...(asked as object), flaw: name });
    const found = (await this.inspection.quality()).findings[flaw];
    return { lines: found.slice(from, from + PAGE).map((one) => this.#line(one)), count: found.length };
  }

  #line({ commune, people, contact, outcome }: Finding): FindingLine {
    const named = people.flatMap((id): NamedPerson[] => {
      const person = this.book.person(id);
      return person ? [namedPerson(person, this.#communeName)] : [];
    });
    const point = contact === undefined ? undefined : this.book.person(people[0]!)?.contacts[contact];
    return {
      commune, communeName: commune === null ? null : (this.#communeName(commune) ?? null), people: named,
      contact: point ? contactLine(point) : null, outcome: outcome ?? null,
    };
  }

  readonly #communeName = (code: string) => this.communes.named([code])[0]?.name;
}

import { Controller, Get, Param } from '@nestjs/common';
import { OutsideResults } from '../../application/outreach/outside-results.js';
import type { ResultFileShown } from '../../contract/outside-results.js';
import { orRefuse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** What an outside automaton's result file holds, before it is imported by an order. */
@Controller('api/activations/:id/outside-results')
export class OutsideResultsController {
  constructor(private readonly results: OutsideResults) {}

  @Get(':digest')
  async look(@Signed() signedIn: SignedIn, @Param('id') id: string, @Param('digest') digest: string): Promise<ResultFileShown> {
    return orRefuse(await this.results.look(id, signedIn.author, digest));
  }
}

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Shapes } from '../../application/directory/shapes.js';
import { BeforeTheNight } from '../../application/outreach/before-the-night.js';
import { KeptPerimeters } from '../../application/outreach/perimeters.js';
import {
  estimateOrder, reachOrder, savePerimeterOrder, type KeptPerimeterLine, type Neighbours, type NightEstimate, type Reach,
} from '../../contract/perimeters.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse, parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** 48.1 in peace time: perimeters kept under a name, and what a campaign over one would take. */
@Controller('api/perimeters')
export class PerimetersController {
  constructor(
    private readonly kept: KeptPerimeters,
    private readonly before: BeforeTheNight,
    private readonly shapes: Shapes,
  ) {}

  @Get()
  list(@Signed() signedIn: SignedIn): Promise<KeptPerimeterLine[]> {
    mayOrRefuse(signedIn, 'list-perimeters');
    return this.kept.list();
  }

  @Post()
  @HttpCode(200)
  async save(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<KeptPerimeterLine> {
    mayOrRefuse(signedIn, 'save-perimeter');
    const { name, circle1, circle2, over } = parse(savePerimeterOrder, body);
    return orRefuse(await this.kept.keep(signedIn.author, { name, circles: { circle1, circle2 }, ...(over ? { over } : {}) }));
  }

  @Post(':id/remove')
  @HttpCode(204)
  async remove(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'remove-perimeter');
    orRefuse(await this.kept.drop(signedIn.author, id));
  }

  /** Asked with a list that no address could hold: nothing is written. */
  @Post('reach')
  @HttpCode(200)
  reach(@Signed() signedIn: SignedIn, @Body() body: unknown): Reach {
    mayOrRefuse(signedIn, 'list-perimeters');
    return this.before.reach(parse(reachOrder, body).communes);
  }

  @Post('neighbours')
  @HttpCode(200)
  neighbours(@Signed() signedIn: SignedIn, @Body() body: unknown): Neighbours {
    mayOrRefuse(signedIn, 'list-perimeters');
    const { communes } = parse(reachOrder, body);
    const within = new Set(communes);
    return { communes: [...new Set(communes.flatMap((code) => this.shapes.neighboursOf(code)))].filter((code) => !within.has(code)) };
  }

  @Post('estimate')
  @HttpCode(200)
  estimate(@Signed() signedIn: SignedIn, @Body() body: unknown): NightEstimate {
    mayOrRefuse(signedIn, 'list-perimeters');
    const { communes, ...wished } = parse(estimateOrder, body);
    return this.before.estimate(communes, wished);
  }
}

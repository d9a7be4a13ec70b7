import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Demonstrations } from '../../application/ports.js';
import type { DemonstrationHere, DemonstrationLaunched } from '../../contract/demonstration.js';
import { refuse } from '../../domain/refusal.js';
import { LAUNCHES_DEMONSTRATION } from '../../domain/rights.js';
import { HouseSettings } from './house.controller.js';
import { Refused, WireRefused } from './refused.js';
import { OpenToAll, Signed, type SignedIn } from './signed-in.js';

/** Asked by the page on which one signs in: it says DÉMONSTRATION before anybody types a password. */
@Controller('api/demonstration')
export class DemonstrationController {
  constructor(private readonly settings: HouseSettings) {}

  @Get()
  @OpenToAll()
  here(): DemonstrationHere {
    return { here: this.settings.shown.house.demonstration };
  }
}

/** From the opening page of a real server: a demonstration beside it. A demonstration launches no other. */
@Controller('api/demonstration')
export class LaunchController {
  constructor(
    private readonly demonstrations: Demonstrations,
    private readonly settings: HouseSettings,
  ) {}

  @Post()
  @HttpCode(200)
  async launch(@Signed() signedIn: SignedIn): Promise<DemonstrationLaunched> {
    mayLaunch(signedIn);
    // It listens on the machine itself: a browser that reaches us by a name, through TLS, is elsewhere.
    if (this.settings.shown.publicUrl.startsWith('https:')) throw new WireRefused('demonstration-elsewhere');
    const address = await this.demonstrations.launch().catch(() => {
      throw new WireRefused('demonstration-failed');
    });
    return { address };
  }

  @Post('stop')
  @HttpCode(204)
  async stop(@Signed() signedIn: SignedIn): Promise<void> {
    mayLaunch(signedIn);
    await this.demonstrations.stop();
  }
}

function mayLaunch({ author }: SignedIn): void {
  if (!LAUNCHES_DEMONSTRATION.some((right) => author.rights.includes(right))) throw new Refused(refuse('forbidden'));
}

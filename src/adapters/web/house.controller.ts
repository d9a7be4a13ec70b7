import { Controller, Get } from '@nestjs/common';
import type { House } from '../../contract/house.js';

/** How this préfecture is set, for those who work in it: never a secret. */
export class HouseSettings {
  constructor(readonly shown: House) {}
}

@Controller('api')
export class HouseController {
  constructor(private readonly settings: HouseSettings) {}

  @Get('house')
  house(): House {
    return this.settings.shown;
  }
}

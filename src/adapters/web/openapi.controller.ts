import { Controller, Get } from '@nestjs/common';
import { openApiDocument } from '../../contract/openapi.js';
import { HouseSettings } from './house.controller.js';
import { OpenToAll } from './signed-in.js';

@Controller('api')
export class OpenApiController {
  #document: unknown;

  constructor(private readonly settings: HouseSettings) {}

  /** Names no data: whoever writes a script reads it before they have a token. */
  @Get('openapi.json')
  @OpenToAll()
  document(): unknown {
    return (this.#document ??= openApiDocument(this.settings.shown.house.demonstration));
  }
}

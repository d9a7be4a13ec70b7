import type { IncomingHttpHeaders } from 'node:http';
import { Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Visitors } from '../../../application/people/visitors.js';
import type { Me } from '../../../contract/live.js';
import { orRefuse } from '../refused.js';
import { OpenToAll } from '../signed-in.js';
import { Door } from './door.js';

/** The door of a demonstration: on any other server this address leads nowhere. */
@Controller('api/demonstration')
export class VisitorController {
  constructor(
    private readonly door: Door,
    private readonly visitors: Visitors,
  ) {}

  @Post('enter')
  @OpenToAll()
  @HttpCode(200)
  async enter(@Headers() headers: IncomingHttpHeaders, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.door.mustBeOurs(headers);
    return this.door.letIn(reply, orRefuse(await this.visitors.enter()));
  }
}

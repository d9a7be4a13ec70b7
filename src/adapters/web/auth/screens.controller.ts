import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Get, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Screens, type ScreenOpening as Opened } from '../../../application/people/screens.js';
import type { Me } from '../../../contract/live.js';
import { admitScreenOrder, newScreenOrder, type ScreenLine, type ScreenOpening } from '../../../contract/people.js';
import { orRefuse, parse } from '../refused.js';
import { OpenToAll, Signed, type SignedIn } from '../signed-in.js';
import { mayOrRefuse } from './accounts.controller.js';
import { Door } from './door.js';
import { qrPath } from './qr-path.js';

/** The screens of the wall, for administrators; and the first load of an address, for the screen itself. */
@Controller('api/screens')
export class ScreensController {
  constructor(
    private readonly screens: Screens,
    private readonly door: Door,
  ) {}

  @Get()
  list(@Signed() signedIn: SignedIn): Promise<ScreenLine[]> {
    mayOrRefuse(signedIn, 'list-screens');
    return this.screens.list();
  }

  @Post()
  async add(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<ScreenOpening> {
    mayOrRefuse(signedIn, 'add-screen');
    return drawn(orRefuse(await this.screens.add(signedIn.author, parse(newScreenOrder, body).name)));
  }

  @Post('admit')
  @OpenToAll()
  @HttpCode(200)
  async admit(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.door.mustBeOurs(headers);
    const { token } = parse(admitScreenOrder, body);
    return this.door.admit(reply, orRefuse(await this.screens.admit(token, this.door.screenSecret(headers))));
  }

  @Post(':id/renew')
  @HttpCode(200)
  async renew(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<ScreenOpening> {
    mayOrRefuse(signedIn, 'renew-screen');
    return drawn(orRefuse(await this.screens.renew(signedIn.author, id)));
  }

  @Post(':id/revoke')
  @HttpCode(204)
  async revoke(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'revoke-screen');
    orRefuse(await this.screens.revoke(signedIn.author, id));
  }
}

function drawn(opened: Opened): ScreenOpening {
  return { ...opened, qr: qrPath(opened.address) };
}

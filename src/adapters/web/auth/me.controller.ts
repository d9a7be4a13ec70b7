import type { IncomingHttpHeaders } from 'node:http';
import { Body, Controller, Headers, HttpCode, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SecondFactor } from '../../../application/people/second-factor.js';
import type { LiveSession } from '../../../application/people/sessions.js';
import { SignIn } from '../../../application/people/sign-in.js';
import type { Me } from '../../../contract/live.js';
import { codeOrder, passwordOrder, type SecondFactorConfirmed, type SecondFactorPrepared } from '../../../contract/people.js';
import { refuse } from '../../../domain/refusal.js';
import { orRefuse, parse, Refused } from '../refused.js';
import { BeforeSecondFactor } from '../signed-in.js';
import { Door } from './door.js';
import { qrPath } from './qr-path.js';

/** What people do with their own account: password and second factor. */
@Controller('api/me')
export class MeController {
  constructor(
    private readonly door: Door,
    private readonly signIns: SignIn,
    private readonly secondFactor: SecondFactor,
  ) {}

  @Post('password')
  @HttpCode(200)
  async password(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    const { current, next } = parse(passwordOrder, body);
    return this.door.letIn(reply, orRefuse(await this.signIns.changePassword(await this.#live(headers), current, next)));
  }

  @Post('second-factor/prepare')
  @BeforeSecondFactor()
  @HttpCode(200)
  async prepare(@Headers() headers: IncomingHttpHeaders): Promise<SecondFactorPrepared> {
    const prepared = orRefuse(this.secondFactor.prepare(await this.#live(headers)));
    return { ...prepared, qr: qrPath(prepared.address) };
  }

  @Post('second-factor/confirm')
  @BeforeSecondFactor()
  @HttpCode(200)
  async confirm(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<SecondFactorConfirmed> {
    return { recoveryCodes: orRefuse(await this.secondFactor.confirm(await this.#live(headers), parse(codeOrder, body).code)) };
  }

  @Post('second-factor/code')
  @BeforeSecondFactor()
  @HttpCode(200)
  async give(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<Me> {
    orRefuse(await this.secondFactor.give(await this.#live(headers), parse(codeOrder, body).code));
    return this.door.me(await this.#live(headers), this.door.secret(headers)!);
  }

  /** A token has no account of its own, and a session may have ended since the guard saw it. */
  async #live(headers: IncomingHttpHeaders): Promise<LiveSession> {
    const live = await this.door.session(headers);
    if (!live) throw new Refused(refuse('signed-out'));
    return live;
  }
}

import { Body, Controller, Headers, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import type { Accepted } from '../../contract/live.js';
import { ForTokens } from './guard.js';
import { OrderDesk } from './order-desk.js';
import { Signed, type SignedIn } from './signed-in.js';

const OUTCOME_STATUS = { opened: 201, same: 200, waiting: 202 } as const;

/** Orders go over HTTP, and nowhere else: one validation, one authentication, one idempotency path. */
@Controller('api')
@ForTokens()
export class OrdersController {
  constructor(private readonly desk: OrderDesk) {}

  @Post('activations')
  async open(
    @Signed() signedIn: SignedIn, @Body() body: unknown, @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return located(reply, await this.desk.open(signedIn, body, key));
  }

  @Post('t0')
  async declareT0(
    @Signed() signedIn: SignedIn, @Body() body: unknown, @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Accepted> {
    return located(reply, await this.desk.declareT0(signedIn, body, key));
  }

  /** One operation per order of the contract's list; the document at /api/openapi.json names each. */
  @Post('activations/:id/:order')
  @HttpCode(200)
  order(
    @Signed() signedIn: SignedIn, @Param('id') id: string, @Param('order') order: string, @Body() body: unknown,
    @Headers('idempotency-key') key: string | undefined,
  ): Promise<Accepted> {
    return this.desk.order(signedIn, id, order, body, key);
  }
}

function located(reply: FastifyReply, accepted: Accepted): Accepted {
  if (accepted.outcome) void reply.code(OUTCOME_STATUS[accepted.outcome]);
  void reply.header('location', `/api/activations/${accepted.activation}`);
  return accepted;
}

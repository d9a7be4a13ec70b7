import { Controller, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { LineRequest } from '../../application/outreach/telephony.js';
import { LineDesk, type LineAnswer } from './line-desk.js';
import { OpenToAll } from './signed-in.js';

/** Where providers of telephony ask and tell. No session: the account's signature, and opaque tokens. */
@Controller('api/telephony/:account')
@OpenToAll()
export class TelephonyController {
  constructor(private readonly lines: LineDesk) {}

  @Post('voice/:token')
  voice(@Req() request: FastifyRequest, @Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    return send(reply, this.lines.voice(lineRequest(request), token));
  }

  @Post('keys/:token')
  keys(@Req() request: FastifyRequest, @Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    return send(reply, this.lines.keys(lineRequest(request), token));
  }

  @Post(['status/:token', 'sms-status/:token'])
  status(@Req() request: FastifyRequest, @Param('token') token: string, @Res() reply: FastifyReply): Promise<void> {
    return send(reply, this.lines.status(lineRequest(request), token));
  }

  @Post('incoming')
  incoming(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return send(reply, this.lines.incoming(lineRequest(request)));
  }

  @Post('sms')
  sms(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return send(reply, this.lines.text(lineRequest(request)));
  }
}

function lineRequest({ params, url, headers, body }: FastifyRequest): LineRequest {
  const { account } = params as { account: string };
  return { account, target: url, headers, form: body instanceof URLSearchParams ? formOf(body) : {} };
}

/** A name that comes several times keeps all its values: the signature covers them. */
function formOf(fields: URLSearchParams): LineRequest['form'] {
  const values = new Map<string, string[]>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known) known.push(value);
    else values.set(name, [value]);
  }
  return Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 ? all[0]! : all]));
}

async function send(reply: FastifyReply, answering: Promise<LineAnswer>): Promise<void> {
  const { status, contentType, body } = await answering;
  if (contentType) void reply.header('content-type', contentType);
  await reply.code(status).send(body);
}

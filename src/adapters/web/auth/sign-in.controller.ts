import { isIPv6 } from 'node:net';
import { Body, Controller, Headers, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingHttpHeaders } from 'node:http';
import { Links } from '../../../application/people/links.js';
import { Sessions } from '../../../application/people/sessions.js';
import { SignIn } from '../../../application/people/sign-in.js';
import { choosePasswordOrder, firstAdminOrder, lookOrder, signInOrder, type LinkView } from '../../../contract/people.js';
import type { Me } from '../../../contract/live.js';
import { orRefuse, parse } from '../refused.js';
import { BeforeSecondFactor, OpenToAll } from '../signed-in.js';
import { Door } from './door.js';

/** The ways in, and the way out. Nobody is signed in yet: each asks that the request come from our own pages. */
@Controller('api')
export class SignInController {
  constructor(
    private readonly door: Door,
    private readonly signIns: SignIn,
    private readonly links: Links,
    private readonly sessions: Sessions,
  ) {}

  @Post('sign-in')
  @OpenToAll()
  @HttpCode(200)
  async signIn(@Req() { headers, ip, body }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.door.mustBeOurs(headers);
    const { login, password } = parse(signInOrder, body);
    const device = this.door.device(headers);
    const entry = orRefuse(await this.signIns.signIn({ login, password, source: network(ip), ...(device === undefined ? {} : { device }) }));
    return this.door.letIn(reply, entry);
  }

  @Post('sign-out')
  @BeforeSecondFactor()
  @HttpCode(204)
  async signOut(@Headers() headers: IncomingHttpHeaders, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(this.door.secret(headers) ?? '');
    this.door.letOut(reply);
  }

  @Post('links/look')
  @OpenToAll()
  @HttpCode(200)
  async look(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown): Promise<LinkView> {
    this.door.mustBeOurs(headers);
    return orRefuse(await this.links.look(parse(lookOrder, body).token));
  }

  @Post('links/first-admin')
  @OpenToAll()
  @HttpCode(200)
  async firstAdmin(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.door.mustBeOurs(headers);
    const { token, ...person } = parse(firstAdminOrder, body);
    return this.door.letIn(reply, orRefuse(await this.links.createFirstAdmin(token, person)));
  }

  @Post(['links/invitation', 'links/recovery'])
  @OpenToAll()
  @HttpCode(200)
  async choosePassword(@Headers() headers: IncomingHttpHeaders, @Body() body: unknown, @Res({ passthrough: true }) reply: FastifyReply): Promise<Me> {
    this.door.mustBeOurs(headers);
    const { token, password } = parse(choosePasswordOrder, body);
    return this.door.letIn(reply, orRefuse(await this.links.choosePassword(token, password)));
  }
}

/** One household has a whole /64 of IPv6 addresses: they count as one. */
export function network(address: string): string {
  if (!isIPv6(address)) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1]!;
  const [head = '', tail] = address.split('%')[0]!.split('::');
  const first = head === '' ? [] : head.split(':');
  const last = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - first.length - last.length)).fill('0');
  return `${[...first, ...zeros, ...last].slice(0, 4).map((part) => parseInt(part, 16).toString(16)).join(':')}::/64`;
}

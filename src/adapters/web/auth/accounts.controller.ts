import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Accounts } from '../../../application/people/accounts.js';
import { Tokens } from '../../../application/people/tokens.js';
import {
  describeAccountOrder, newAccountOrder, newTokenOrder, rightsOrder, type AccountLine, type Invited, type TokenIssued, type TokenLine,
} from '../../../contract/people.js';
import { mayAdminister, type AdminOperation } from '../../../domain/administration-rules.js';
import { refuse } from '../../../domain/refusal.js';
import { toMs } from '../../../domain/time.js';
import { orRefuse, parse, Refused, WireRefused } from '../refused.js';
import { Signed, type SignedIn } from '../signed-in.js';

/** Acts on an account that say all in their name. */
const ACTS = ['disable-account', 'enable-account', 'erase-account', 'reset-second-factor', 'revoke-sessions'] as const;
/** By what follows the id in the address. */
const ACT_BY_ROUTE = new Map(ACTS.map((act) => [act.replace(/-account$/, ''), act] as const));

/** Accounts and API tokens, for administrators. Each act is decided again where it is written. */
@Controller('api')
export class AccountsController {
  constructor(
    private readonly accounts: Accounts,
    private readonly tokens: Tokens,
  ) {}

  @Get('accounts')
  list(@Signed() signedIn: SignedIn): Promise<AccountLine[]> {
    mayOrRefuse(signedIn, 'list-accounts');
    return this.accounts.list();
  }

  @Post('accounts')
  async create(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<Invited> {
    mayOrRefuse(signedIn, 'create-account');
    return orRefuse(await this.accounts.create(signedIn.author, parse(newAccountOrder, body)));
  }

  @Post('accounts/:id/describe')
  @HttpCode(204)
  async describe(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'describe-account');
    orRefuse(await this.accounts.describe(signedIn.author, id, parse(describeAccountOrder, body)));
  }

  @Post('accounts/:id/rights')
  @HttpCode(204)
  async rights(@Signed() signedIn: SignedIn, @Param('id') account: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'change-rights');
    orRefuse(await this.accounts.change(signedIn.author, { type: 'change-rights', account, ...parse(rightsOrder, body) }));
  }

  @Post('accounts/:id/link')
  @HttpCode(200)
  async link(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<Invited> {
    mayOrRefuse(signedIn, 'issue-link');
    return orRefuse(await this.accounts.issueLink(signedIn.author, id));
  }

  @Post('accounts/:id/:act')
  @HttpCode(204)
  async act(@Signed() signedIn: SignedIn, @Param('id') account: string, @Param('act') route: string): Promise<void> {
    const type = ACT_BY_ROUTE.get(route);
    if (!type) throw new WireRefused('unknown-route');
    mayOrRefuse(signedIn, type);
    orRefuse(await this.accounts.change(signedIn.author, { type, account }));
  }

  @Get('tokens')
  listTokens(@Signed() signedIn: SignedIn): Promise<TokenLine[]> {
    mayOrRefuse(signedIn, 'list-tokens');
    return this.tokens.list();
  }

  @Post('tokens')
  async issueToken(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<TokenIssued> {
    mayOrRefuse(signedIn, 'issue-token');
    const { name, operations, expiresAt } = parse(newTokenOrder, body);
    return orRefuse(await this.tokens.issue(signedIn.author, { name, operations, expiresAt: toMs(expiresAt) }));
  }

  @Post('tokens/:id/revoke')
  @HttpCode(204)
  async revokeToken(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'revoke-token');
    orRefuse(await this.tokens.revoke(signedIn.author, id));
  }
}

/** Before anything is read of what was sent: whoever may not do it learns nothing of what it takes. */
export function mayOrRefuse({ author }: SignedIn, operation: AdminOperation): void {
  if (!mayAdminister(author.rights, operation)) throw new Refused(refuse('forbidden', { command: operation }));
}

import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { Endpoints } from '../../application/webhooks/endpoints.js';
import { changeWebhookOrder, newWebhookOrder, type WebhookIssued, type WebhookLine, type WebhookTested } from '../../contract/webhooks.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse, parse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** Webhooks, for administrators. Each act is decided again where it is written. */
@Controller('api/webhooks')
export class WebhooksController {
  constructor(private readonly endpoints: Endpoints) {}

  @Get()
  list(@Signed() signedIn: SignedIn): Promise<WebhookLine[]> {
    mayOrRefuse(signedIn, 'list-webhooks');
    return this.endpoints.list();
  }

  @Post()
  async add(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<WebhookIssued> {
    mayOrRefuse(signedIn, 'add-webhook');
    return { ...orRefuse(await this.endpoints.add(signedIn.author, parse(newWebhookOrder, body))), formerUntil: null };
  }

  @Post(':id/change')
  @HttpCode(204)
  async change(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'change-webhook');
    orRefuse(await this.endpoints.change(signedIn.author, id, parse(changeWebhookOrder, body)));
  }

  @Post(':id/renew-secret')
  @HttpCode(200)
  async renewSecret(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<WebhookIssued> {
    mayOrRefuse(signedIn, 'renew-webhook-secret');
    return { webhook: id, ...orRefuse(await this.endpoints.renewSecret(signedIn.author, id)) };
  }

  @Post(':id/suspend')
  @HttpCode(204)
  async suspend(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'suspend-webhook');
    orRefuse(await this.endpoints.suspend(signedIn.author, id));
  }

  @Post(':id/resume')
  @HttpCode(204)
  async resume(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'resume-webhook');
    orRefuse(await this.endpoints.resume(signedIn.author, id));
  }

  /** Waits for the receiver's answer, fifteen seconds at most. */
  @Post(':id/test')
  @HttpCode(200)
  async test(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<WebhookTested> {
    mayOrRefuse(signedIn, 'test-webhook');
    const outcome = orRefuse(await this.endpoints.test(id));
    return { delivered: outcome.delivered, failure: outcome.delivered ? null : outcome.failure, tookMs: outcome.tookMs };
  }

  @Post(':id/remove')
  @HttpCode(204)
  async remove(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'remove-webhook');
    orRefuse(await this.endpoints.withdraw(signedIn.author, id));
  }
}

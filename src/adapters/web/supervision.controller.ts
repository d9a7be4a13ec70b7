import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { BackupSchedule, type BackupState } from '../../application/backup-schedule.js';
import { Metrics } from '../../application/supervision.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { refuse } from '../../domain/refusal.js';
import { ForTokens } from './guard.js';
import { Refused } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** For whoever watches the machine: figures, by a token with `read-metrics`, or for those who administer. */
@Controller()
export class SupervisionController {
  constructor(
    private readonly metrics: Metrics,
    private readonly backups: BackupSchedule,
  ) {}

  @Get('metrics')
  @ForTokens('read-metrics')
  async read(@Signed() signedIn: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!signedIn.scopes) mustAdminister(signedIn);
    const { type, body } = await this.metrics.text();
    void reply.header('content-type', type).header('cache-control', 'no-store');
    return body;
  }

  @Get('api/backups')
  state(@Signed() signedIn: SignedIn): Promise<BackupState> {
    mustAdminister(signedIn);
    return this.backups.state();
  }
}

function mustAdminister({ author }: SignedIn): void {
  if (!mayAdminister(author.rights, 'read-administration')) throw new Refused(refuse('forbidden', { command: 'read-administration' }));
}

import { Controller, Get, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Heartbeat } from '../../application/heartbeat.js';
import { Journal } from '../../application/ports.js';
import { OpenToAll } from './signed-in.js';

const OLDEST_BEAT_MS = 10_000;

/** For whoever watches the machine: no account, and nothing but yes or no. */
@Controller()
@OpenToAll()
export class HealthController {
  constructor(
    private readonly journal: Journal,
    private readonly heartbeat: Heartbeat,
  ) {}

  @Get('healthz')
  alive(): { ok: true } {
    return { ok: true };
  }

  /** The database takes writes, and the beat is younger than ten seconds. */
  @Get('readyz')
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ ok: boolean; database: boolean; beat: boolean }> {
    const database = await this.journal.probe().then(() => true, () => false);
    const age = this.heartbeat.age();
    const beat = age !== undefined && age < OLDEST_BEAT_MS;
    const ok = database && beat;
    if (!ok) void reply.code(503);
    return { ok, database, beat };
  }
}

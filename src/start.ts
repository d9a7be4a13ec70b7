import { IoAdapter } from '@nestjs/platform-socket.io';
import { NestFactory, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Logger } from 'pino';
import { Beats } from './adapters/beats.js';
import { SignedInGuard } from './adapters/web/guard.js';
import { httpPlatform } from './adapters/web/http-platform.js';
import { LiveGateway } from './adapters/web/live-gateway.js';
import { ProblemFilter } from './adapters/web/problem-filter.js';
import { Authentication } from './adapters/web/signed-in.js';
import { AppModule, wire, type Given, type Rhythm, type Wired } from './app.module.js';

export interface Start extends Given {
  consoleDir: string;
  log: Pick<Logger, 'error' | 'info'>;
}

export interface Running {
  wired: Wired;
  app: NestFastifyApplication;
  /** Where it listens. */
  port: number;
  /** One beat: what time obliges, what must leave, word to the boards. Each fails alone. */
  beat(): Promise<void>;
  /** Ends politely: no new request, the commit under way is finished, the mark says until when we lived. */
  stop(): Promise<void>;
}

/** How long a stop waits for requests under way. */
const LAST_REQUESTS_MS = 3_000;

/** The order in which things begin and end. */
export async function start(given: Start): Promise<Running> {
  const { settings, store, clock, log } = given;
  const wired = await wire(given);
  const { activations, heartbeat, postman, office, boards, polls, schedule, metrics, courier, calendarKeeper } = wired;
  const attempt = (what: string, work: () => Promise<unknown>) => () => work().then(() => {}, (err: unknown) => log.error({ err }, what));
  const pulse: { live: () => Promise<void> } = { live: async () => {} };
  const beat = attempt('beat', () => heartbeat.beat());
  const rhythm: Rhythm = { post: attempt('post', () => postman.round()), carry: attempt('carry', () => courier.round()), due: beat, beat: async () => {} };
  const told = attempt('dead-man', async () => wired.deadMan?.beat());
  const swept = attempt('imports', () => wired.imports.sweep());
  const tested = attempt('telephony test', () => wired.selfTest.beat());
  const heads = attempt('heads', () => office.administration.noteHeads());
  rhythm.beat = async () => {
    polls.expire();
    await beat();
    await rhythm.post();
    await rhythm.carry();
    await pulse.live();
    await heads();
    // Whoever waits for a network or a disk waits alone.
    await swept();
    calendarKeeper.beat();
    void tested();
    void schedule.beat();
    void told();
  };

  await activations.restore();
  // Before anybody can read or write: how long nobody was watching.
  await heartbeat.wake();

  const { secure, trustedProxies } = settings;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.of(wired, given.beating ? rhythm : undefined),
    httpPlatform({ secure, trustedProxies, consoleDir: given.consoleDir }),
    { bodyParser: false, logger: false, abortOnError: false },
  );
  app.useWebSocketAdapter(new IoAdapter(app));
  app.useGlobalGuards(new SignedInGuard(app.get<Authentication>(Authentication), app.get(Reflector)));
  app.useGlobalFilters(new ProblemFilter(settings.timeZone, (err) => log.error({ err }, 'request'), (reason) => metrics.refused(reason)));
  const gateway = app.get(LiveGateway);
  pulse.live = attempt('live', () => gateway.pulse());
  office.sessions.onChanged = office.screens.onChanged = (whose) => gateway.askAgain(whose);
  if (given.beating) {
    const beats = app.get(Beats);
    activations.onDueHint = (at) => beats.hint(at);
    activations.onOutbox = () => beats.soon('post');
    const { onEntries } = activations;
    activations.onEntries = (id, seq) => {
      onEntries(id, seq);
      beats.soon('carry');
    };
    // A turn of the event loop brings in what the other sockets hold: it shares the commit.
    activations.gather = () => new Promise((resolve) => setImmediate(resolve));
  }
  await app.listen(settings.port, settings.host);
  const address = app.getHttpServer().address();

  return {
    wired, app, port: typeof address === 'object' && address ? address.port : settings.port, beat: rhythm.beat,
    async stop() {
      if (given.beating) app.get(Beats).stop();
      boards.close();
      metrics.close();
      polls.close();
      // Requests under way end, and their connections with them; who takes longer is cut off.
      const server = app.getHttpServer();
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const cut = setTimeout(() => server.closeAllConnections(), LAST_REQUESTS_MS);
      await app.close();
      clearInterval(idle);
      clearTimeout(cut);
      await courier.stop();
      await calendarKeeper.stop();
      await store.journal.markAlive(clock.wall()).catch(() => {});
      await store.close();
    },
  };
}

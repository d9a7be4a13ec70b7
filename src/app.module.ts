import { WAYS, type Way } from './domain/outreach/reaching.js';
import { join } from 'node:path';
import { Module, type Abstract, type DynamicModule, type Provider, type Type } from '@nestjs/common';
import { ScheduleModule, SchedulerRegistry } from '@nestjs/schedule';
import type { Logger } from 'pino';
import { Beats } from './adapters/beats.js';
import { IcalReader } from './adapters/calendars/ical-reader.js';
import { writeCalendar } from './adapters/calendars/ical-writer.js';
import { BoardChannel } from './adapters/channels/board-channel.js';
import { SimulatedLines } from './adapters/channels/simulated-lines.js';
import { SimulatedChannel } from './adapters/channels/simulated-channel.js';
import { CsvTrainingList } from './adapters/import/training-list.js';
import { GuardedRequests } from './adapters/outside/guarded-requests.js';
import type { Store } from './adapters/persistence/store.js';
import { ResultFiles } from './adapters/import/result-tables.js';
import { PrefectureFiles } from './adapters/import/prefecture-files.js';
import { WrittenNumbers } from './adapters/numbers/written-numbers.js';
import { NoDemonstration } from './adapters/demonstration-process.js';
import { HtmlPrinter } from './adapters/printing/html-printer.js';
import { PaperCallLists } from './adapters/printing/paper-call-lists.js';
import { TotpCodes } from './adapters/secrets/totp-codes.js';
import { StandardSigner } from './adapters/secrets/webhook-signature.js';
import { sha256 } from './adapters/system-clock.js';
import { backupProcess, latestBackupIn } from './adapters/supervision/backup-process.js';
import { deadManPing } from './adapters/supervision/dead-man-ping.js';
import { MeasuredJournal } from './adapters/supervision/measured-journal.js';
import { PrometheusMetrics } from './adapters/supervision/prometheus-metrics.js';
import { ActivationsController } from './adapters/web/activations.controller.js';
import { PEOPLE_CONTROLLERS, peopleProviders } from './adapters/web/auth/people-providers.js';
import { VisitorController } from './adapters/web/auth/visitor.controller.js';
import { DemonstrationController, LaunchController } from './adapters/web/demonstration.controller.js';
import { EvidenceController } from './adapters/web/evidence.controller.js';
import { HealthController } from './adapters/web/health.controller.js';
import { HouseController, HouseSettings } from './adapters/web/house.controller.js';
import { LiveBoards, type Later } from './adapters/web/live-boards.js';
import { LiveGateway, Origins } from './adapters/web/live-gateway.js';
import { LongPolls } from './adapters/web/long-polls.js';
import { LookupsController, NextPlan } from './adapters/web/lookups.controller.js';
import { OwnPageController } from './adapters/web/own-page.controller.js';
import { LineDesk } from './adapters/web/line-desk.js';
import { RealWays, TelephonyStateController } from './adapters/web/telephony-state.controller.js';
import { SelfTest } from './application/outreach/self-test.js';
import { TelephonyController } from './adapters/web/telephony.controller.js';
import { telephonyOf } from './telephony.js';
import { OpenApiController } from './adapters/web/openapi.controller.js';
import { OrderDesk } from './adapters/web/order-desk.js';
import { OrdersController } from './adapters/web/orders.controller.js';
import { ReadingDesk } from './adapters/web/reading-desk.js';
import { SupervisionController } from './adapters/web/supervision.controller.js';
import { UploadDesk } from './adapters/web/upload-desk.js';
import { ImportDesk } from './adapters/web/import-desk.js';
import { ImportsController } from './adapters/web/imports.controller.js';
import { UploadsController } from './adapters/web/uploads.controller.js';
import { OutsideResultsController } from './adapters/web/outside-results.controller.js';
import { DirectoryController } from './adapters/web/directory.controller.js';
import { CallListsController } from './adapters/web/call-lists.controller.js';
import { QualityController } from './adapters/web/quality.controller.js';
import { PerimetersController } from './adapters/web/perimeters.controller.js';
import { CalendarsController } from './adapters/web/calendars.controller.js';
import { CalendarFeed, OnCallController } from './adapters/web/on-call.controller.js';
import { TrainingController } from './adapters/web/training.controller.js';
import { WebhooksController } from './adapters/web/webhooks.controller.js';
import { Activations } from './application/activations.js';
import { BackupSchedule } from './application/backup-schedule.js';
import { Communes } from './application/communes.js';
import { Book } from './application/directory/book.js';
import { Imports } from './application/directory/imports.js';
import { Inspection } from './application/directory/inspection.js';
import { Keeper } from './application/directory/keeper.js';
import { Shapes } from './application/directory/shapes.js';
import { Evidence } from './application/evidence.js';
import { Heartbeat, STALLED_FROM } from './application/heartbeat.js';
import { HouseWork } from './application/house-work.js';
import { Openings } from './application/openings.js';
import { Accounts } from './application/outreach/accounts.js';
import { Callees } from './application/outreach/callees.js';
import { Dialler } from './application/outreach/dialler.js';
import { LineWords } from './application/outreach/line-words.js';
import { NumberNotes } from './application/outreach/number-notes.js';
import { ReachDesk } from './application/outreach/reach-desk.js';
import type { Lane } from './domain/entry.js';
import { BeforeTheNight } from './application/outreach/before-the-night.js';
import { OutsideResults } from './application/outreach/outside-results.js';
import { CallListPrinter, CallLists } from './application/outreach/call-lists.js';
import { KeptPerimeters } from './application/outreach/perimeters.js';
import { targetsIn } from './application/outreach/targets.js';
import type { OutsideData } from './application/outside-data.js';
import { localDay } from './domain/clock/local-time.js';
import type { CommandOf } from './domain/commands.js';
import { CalendarKeeper } from './application/on-call/keeper.js';
import { Roster } from './application/on-call/roster.js';
import { openOffice } from './application/people/office.js';
import { Staff } from './application/people/staff.js';
import { Trainings } from './application/people/trainings.js';
import type { Passwords } from './application/people/secrets.js';
import { Clock, Demonstrations, Directory, Journal, Printer, Vault, type Random } from './application/ports.js';
import { ChannelRegistry, Postman } from './application/postman.js';
import { DeadMan, Metrics, Supervision } from './application/supervision.js';
import { Courier } from './application/webhooks/courier.js';
import { Endpoints } from './application/webhooks/endpoints.js';
import { Sender } from './application/webhooks/sender.js';
import { linkAddress, screenAddress } from './contract/people.js';
import type { HouseFiles } from './house-files.js';
import { ROOT, type Settings } from './settings.js';

/** The console's own typeface, for what is printed. */
const PLEX = join(ROOT, 'node_modules', '@fontsource', 'ibm-plex-sans', 'files', 'ibm-plex-sans-latin-');
const TYPEFACE = { regular: `${PLEX}400-normal.woff`, bold: `${PLEX}700-normal.woff` };

/** What the outside gives: settings that were checked, files that were read, an open store, a clock, chance. */
export interface Given extends HouseFiles {
  settings: Settings;
  store: Store;
  clock: Clock;
  random: Random;
  passwords: Passwords;
  log: Pick<Logger, 'error'>;
  /** Beats each second; a test beats by hand, and when it likes. */
  beating: boolean;
  /** What the opening page may launch beside us. */
  demonstrations?: Demonstrations;
  /** What gathers the news of the boards; a timer, unless time is simulated. */
  later?: Later;
}

export type Wired = Awaited<ReturnType<typeof wire>>;

/** THE composition root: every port bound to its adapter, and nothing else. */
export async function wire({ settings, store, clock, random, passwords, communes, plan, shown, verifier, log, beating, later, demonstrations = new NoDemonstration() }: Given) {
  const { outbox, vault, directory, webhooks, calendars, addressBook, perimeters, reachTokens } = store;
  const journal = new MeasuredJournal(store.journal);
  const { prefecture, departement, timeZone, facts, publicUrl, secure, dataDir, uploadBytes, importBytes, limits, demonstration, outsideAllowed, calls } = settings;
  // In a demonstration nothing leaves the house, whatever the environment holds.
  const telephony = telephonyOf(demonstration ? { ...settings, telephony: { ...settings.telephony, twilio: [], smtp: undefined } } : settings);
  const hash = sha256;

  const boards = new LiveBoards(clock, later);
  const activations = new Activations(journal, clock, hash, boards);
  const polls = new LongPolls(activations, clock);
  const numberNotes = new NumberNotes(activations, addressBook, clock, (message, details) => log.error(details, message));
  activations.onEntries = (id, seq) => {
    polls.wake(id, seq);
    numberNotes.heed(id, seq);
  };
  const office = await openOffice({
    journal, directory, clock, random, hash, passwords, codes: new TotpCodes(prefecture), limits,
    linkAddress: (purpose, secret) => linkAddress(publicUrl, purpose, secret), screenAddress: (secret) => screenAddress(publicUrl, secret),
  });

  const book = new Book(addressBook, (code) => communes.named([code])[0]?.name);
  await book.load();
  const openings = new Openings(activations, journal, clock, hash, {
    prefecture, departement, timeZone, facts, plan, lanes: demonstration ? ['exercise'] : ['real', 'exercise', 'test'], phones: (lane) => lane !== 'test' && callees.ways(lane).length > 0 && callees.anybody(),
  });
  const heartbeat = new Heartbeat(activations, journal, clock, beating ? STALLED_FROM : Infinity);
  const printer = new HtmlPrinter();
  const evidence = new Evidence({
    activations, journal, vault, directory, printer, clock, random, hash, verifier,
    communeName: (code) => communes.named([code])[0]?.name,
  });

  const staff = new Staff(book, directory, office.administration);
  const trainings = new Trainings(office.administration, staff, vault, new CsvTrainingList(), clock, random, settings.training, timeZone);
  const reader = new IcalReader(timeZone);
  const roster = new Roster(calendars, reader, staff, { weeks: settings.onCallWeeks, officeHours: settings.officeHours, timeZone });
  await roster.load();

  // Who is called, by what, and what is said: in an exercise by nothing that leaves the house.
  const accounts = new Accounts(telephony.accounts);
  const ways = (lane: Lane): Way[] => (lane === 'exercise' ? [...WAYS] : WAYS.filter((way) =>
    (way === 'mail' ? telephony.mailer !== undefined : accounts.all.some((one) => (way === 'voice' ? one.voice : one.texts)))));
  const callees = new Callees(book, staff, roster, trainings, (account) => office.administration.state.accounts.get(account)?.rights ?? [], calls, ways);
  const lineWords = new LineWords(activations, vault, clock, { page: (token) => `${publicUrl}/r/${token}`, callBack: telephony.callBack });
  const selfTest = new SelfTest(office.administration, accounts, reachTokens, clock, random, { ...settings.selfTest, timeZone, prefecture }, (message, details) => log.error(details, message));
  const reachDesk = new ReachDesk(activations, journal, addressBook, reachTokens, lineWords, clock, hash, random, selfTest);
  const mayReach = (lane: Lane, address: string) => lane === 'real' || settings.tests.allowed.includes('annuaire') || settings.tests.allowed.includes(address);
  const dialler = new Dialler(['real', 'test'], activations, addressBook, reachTokens, accounts, telephony.mailer, lineWords, clock, random, mayReach);
  const lines = new SimulatedLines(activations);
  const lineDesk = new LineDesk(telephony.protocol, reachDesk, {
    forged: (account) => log.error({ account }, 'telephony: a webhook without its signature'), failed: (err) => log.error({ err }, 'telephony: a webhook failed'),
  });

  // The lane decides: in an exercise no real channel exists, whatever an outbox row says; in a demonstration none at all.
  const houseWork = new HouseWork(activations, openings, evidence.writeStatement, callees, clock);
  const simulated = new SimulatedChannel(boards);
  const registry = new ChannelRegistry({
    real: demonstration ? {} : { person: new BoardChannel(boards), house: houseWork, voice: dialler, sms: dialler, mail: dialler },
    exercise: { person: simulated, house: houseWork, voice: lines, sms: lines, mail: lines },
    test: { person: simulated, ...(demonstration ? {} : { voice: dialler, sms: dialler, mail: dialler }) },
  });
  const supervision = new Supervision(activations, heartbeat, journal, outbox, clock);
  const postman = new Postman(outbox, registry, activations, clock, (message, details) => {
    supervision.alarm();
    log.error(details, message);
  });

  const schedule = new BackupSchedule(settings.backup ?? null, clock, {
    make: backupProcess(join(ROOT, 'dist', 'operator.js')), latest: latestBackupIn(settings.backup?.folder ?? ''), onFailure: (said) => log.error({ said }, 'backup'),
  });
  const deadMan = settings.deadManUrl === undefined ? undefined
    : new DeadMan(supervision, clock, deadManPing(settings.deadManUrl), (reached, err) => log.error({ reached, err }, 'dead-man address'));
  const metrics = new PrometheusMetrics(supervision, schedule, () => boards.connected, journal);
  const numbers = new WrittenNumbers(departement);
  const today = () => localDay(clock.wall(), timeZone);
  const own = () => communes.all().filter((one) => one.departement === departement).map(({ code }) => code);
  const inspection = new Inspection(book, addressBook, clock, today, own, settings.directory);
  const keeper = new Keeper(office.administration, addressBook, book, numbers, clock, random, (commune) =>
    (commune === null ? undefined : communes.named([commune])[0]?.departement), (one) => inspection.isToPurge(one));
  const targets = (wanted: readonly string[]) => targetsIn(book, wanted, today());
  const kept = new KeptPerimeters(office.administration, perimeters, communes, random);
  const callLists = new CallLists({ administration: office.administration, addressBook, book, numbers, communes, directory, clock, today, house: { prefecture, timeZone, lane: demonstration ? 'exercise' : 'real' } });
  const beforeTheNight = new BeforeTheNight(book, today, calls, {
    answered: { night: calls.answeredAtNight, day: calls.answeredByDay }, townHallAnswered: { night: calls.townHallsAtNight, day: calls.answeredByDay },
    ringSeconds: calls.ringSeconds, talkSeconds: calls.talkSeconds, rounds: calls.rounds, pauseSeconds: calls.pauseMinutes * 60,
  });
  const called = async ({ person: id, outcome, dialled }: CommandOf<'record-direct-call'>) => {
    const point = dialled && (await addressBook.person(id, dialled.version))?.contacts[dialled.contact];
    if (point?.kind === 'phone') await addressBook.noteOutcomes([{ person: id, number: point.number, outcome, at: clock.wall() }]);
  };
  const outsideResults = new OutsideResults(activations, vault, new ResultFiles(dataDir), addressBook, book, numbers);
  const shapes = new Shapes(addressBook);
  const imports = new Imports({
    administration: office.administration, store: addressBook, book, shapes, files: new PrefectureFiles(communes, numbers, () => clock.wall()), clock, random,
    turn: () => new Promise((resolve) => setImmediate(resolve)), today, alarm: (message, details) => log.error(details, message),
  });
  await imports.restore();
  const outside = new GuardedRequests(outsideAllowed);
  const signer = new StandardSigner();
  const alarm = (message: string, details: object) => log.error(details, message);
  const courier = new Courier(webhooks, journal, new Sender(outside, signer, clock, alarm), office.administration, clock, random, alarm);
  const endpoints = new Endpoints(office.administration, webhooks, journal, courier, outside, signer, clock, random);

  const heed = office.administration.onCommitted;
  office.administration.onCommitted = (events) => {
    heed(events);
    trainings.heed(events).catch((err: unknown) => alarm('training: what an erased person left stays', { err }));
  };
  await trainings.restore();
  const calendarKeeper = new CalendarKeeper(office.administration, calendars, roster, reader, outside, clock, random, alarm);

  // Folded from the administration's journal: no order waits for the directory.
  const person = (id: string) => {
    const account = office.administration.state.accounts.get(id);
    return account && !account.disabled && !account.erased ? account : undefined;
  };

  const outsideData: OutsideData = { person, communes, targets, callees, results: outsideResults, called, lacks: (account, code) => trainings.lacks(account, code) };

  const origins = new Origins(publicUrl);
  const values: [Type | Abstract<unknown>, unknown][] = [
    [Clock, clock], [Demonstrations, demonstrations], [Journal, journal], [Directory, directory], [Communes, communes],
    [Activations, activations], [Heartbeat, heartbeat], [Evidence, evidence], [Printer, printer], [LiveBoards, boards], [Metrics, metrics], [BackupSchedule, schedule], [LongPolls, polls], [Origins, origins],
    [OrderDesk, new OrderDesk(activations, openings, outsideData, vault, hash, random)], [OutsideResults, outsideResults],
    [ReadingDesk, new ReadingDesk(activations, journal, vault, clock)],
    [UploadDesk, new UploadDesk(join(dataDir, 'uploads'), uploadBytes, activations, vault, clock, random, trainings)],
    [Vault, vault], [Staff, staff], [Trainings, trainings], [Roster, roster], [CalendarKeeper, calendarKeeper], [CalendarFeed, { write: writeCalendar }],
    [HouseSettings, new HouseSettings(shown)], [NextPlan, new NextPlan(plan)], [Endpoints, endpoints], [Book, book], [Keeper, keeper], [Inspection, inspection],
    [CallLists, callLists], [CallListPrinter, new PaperCallLists(TYPEFACE)], [KeptPerimeters, kept], [BeforeTheNight, beforeTheNight],
    [ReachDesk, reachDesk], [SelfTest, selfTest], [RealWays, { of: () => ways('real'), callBack: telephony.callBack }], [LineDesk, lineDesk], [Accounts, accounts], [Imports, imports], [Shapes, shapes], [ImportDesk, new ImportDesk(join(dataDir, 'imports'), importBytes, clock, random)],
  ];
  const providers: Provider[] = [
    ...values.map(([provide, useValue]) => ({ provide, useValue })),
    ...peopleProviders(office, { origins, house: shown.house, clock, directory, secure, verifier }),
  ];
  // The door of a demonstration exists there alone; what launches one, everywhere else.
  const controllers: Type[] = [DemonstrationController, demonstration ? VisitorController : LaunchController];
  return {
    providers, controllers, clock, supervision, schedule, deadMan, metrics, activations, openings, heartbeat, evidence, boards, polls, book, keeper, imports, courier, calendarKeeper, selfTest, numberNotes, trainings, simulated, registry, postman,
    office,
  };
}

/** What is done each second and when a hint says so, and at once when something must leave; each catches what fails. */
export interface Rhythm {
  beat: () => Promise<void>;
  due: () => Promise<void>;
  post: () => Promise<void>;
  carry: () => Promise<void>;
}

@Module({})
export class AppModule {
  /** Nest is the front door: controllers and the gateway, over plain objects. Without a rhythm a test beats by hand. */
  static of({ providers, controllers, clock }: Wired, rhythm?: Rhythm): DynamicModule {
    const beats: Provider[] = rhythm
      ? [{ provide: Beats, useFactory: (registry: SchedulerRegistry) => new Beats(registry, clock, rhythm), inject: [SchedulerRegistry] }]
      : [];
    return {
      module: AppModule,
      imports: rhythm ? [ScheduleModule.forRoot()] : [],
      controllers: [
        OrdersController, UploadsController, ActivationsController, LookupsController, HouseController, EvidenceController,
        WebhooksController, OnCallController, CalendarsController, TrainingController, DirectoryController, QualityController, ImportsController, OutsideResultsController, PerimetersController, CallListsController, HealthController,
        OwnPageController, TelephonyController, TelephonyStateController, SupervisionController, OpenApiController, ...PEOPLE_CONTROLLERS, ...controllers,
      ],
      providers: [...providers, ...beats, LiveGateway],
    };
  }
}

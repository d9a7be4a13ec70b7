import { Controller, Get, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CallListPrinter, CallLists, type CallList } from '../../application/outreach/call-lists.js';
import { KeptPerimeters } from '../../application/outreach/perimeters.js';
import { markedFileName } from '../../domain/exercise-mark.js';
import { localDay } from '../../domain/clock/local-time.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { ReadingDesk } from './reading-desk.js';
import { orRefuse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** 48.1 the whole call list, for the day when lines are down: every number in full, so each one that leaves is logged. */
@Controller('api')
export class CallListsController {
  constructor(
    private readonly lists: CallLists,
    private readonly kept: KeptPerimeters,
    private readonly desk: ReadingDesk,
    private readonly printer: CallListPrinter,
  ) {}

  @Get('perimeters/:id/call-list.pdf')
  async perimeterPdf(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.#sendPdf(reply, await this.#ofPerimeter(signedIn, id));
  }

  @Get('perimeters/:id/call-list.csv')
  async perimeterCsv(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.#sendCsv(reply, await this.#ofPerimeter(signedIn, id));
  }

  @Get('activations/:id/call-list.pdf')
  async activationPdf(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.#sendPdf(reply, await this.#ofActivation(signedIn, id));
  }

  @Get('activations/:id/call-list.csv')
  async activationCsv(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    await this.#sendCsv(reply, await this.#ofActivation(signedIn, id));
  }

  async #ofPerimeter(signedIn: SignedIn, id: string): Promise<CallList> {
    mayOrRefuse(signedIn, 'print-call-list');
    return orRefuse(await this.lists.ofPerimeter(signedIn.author, orRefuse(await this.kept.find(id))));
  }

  async #ofActivation(signedIn: SignedIn, id: string): Promise<CallList> {
    mayOrRefuse(signedIn, 'print-call-list');
    const { activation: a, texts } = await this.desk.snapshot(signedIn, id);
    const title = (a.title && texts[a.title.digest]) ?? `${a.kind === 'cod' ? 'COD' : 'Événement important'}${a.synergi ? `, SYNERGI ${a.synergi.number}` : ''}`;
    return orRefuse(await this.lists.ofActivation(signedIn.author, a, title));
  }

  async #sendPdf(reply: FastifyReply, list: CallList): Promise<void> {
    const bytes = await this.printer.pdf(list);
    await named(reply, list, 'pdf').header('content-type', 'application/pdf').send(bytes);
  }

  async #sendCsv(reply: FastifyReply, list: CallList): Promise<void> {
    await named(reply, list, 'csv').header('content-type', 'text/csv; charset=utf-8').send(this.printer.csv(list));
  }
}

function named(reply: FastifyReply, { lane, title, printedAt, timeZone }: CallList, extension: string): FastifyReply {
  const plain = title.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  const name = markedFileName(lane, `liste-appel_${plain === '' ? '' : `${plain}_`}${localDay(printedAt, timeZone)}`, extension);
  return reply.header('content-disposition', `attachment; filename="${name}"`);
}

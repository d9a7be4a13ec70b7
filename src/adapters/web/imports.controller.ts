import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Param, Post, Put, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { ImportRecord } from '../../application/directory/address-book.js';
import { Imports } from '../../application/directory/imports.js';
import { Shapes } from '../../application/directory/shapes.js';
import { fr } from '../../contract/french-typography.js';
import { REPORT_HEAD, reportRows } from '../../contract/import-report.js';
import { fileFaultSentence } from '../../contract/import-words.js';
import { linesQuery, rehearseOrder, startImportUpload, type Contours, type FileSeen, type ImportLineShown, type ImportShown, type ReportPage, type Undone } from '../../contract/imports.js';
import type { UploadState } from '../../contract/listings.js';
import { UNDONE_WITHIN } from '../../domain/directory/imports.js';
import { isRefusal, refuse } from '../../domain/refusal.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { ImportDesk } from './import-desk.js';
import { orRefuse, parse, WireRefused } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

const LINES = 100;
const offsetQuery = z.object({ offset: z.string().regex(/^\d{1,12}$/).transform(Number) });

/** Files that enter the directory: sent in pieces, rehearsed, applied whole, undone whole. */
@Controller('api')
export class ImportsController {
  constructor(
    private readonly imports: Imports,
    private readonly desk: ImportDesk,
    private readonly shapes: Shapes,
  ) {}

  @Get('communes/contours')
  contours(): Contours {
    return { communes: this.shapes.all };
  }

  @Get('directory/imports')
  async list(@Signed() signedIn: SignedIn): Promise<ImportLineShown[]> {
    mayOrRefuse(signedIn, 'import-directory');
    return (await this.imports.list()).map((record) => this.#shown(record));
  }

  @Post('directory/imports/uploads')
  start(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<UploadState> {
    mayOrRefuse(signedIn, 'import-directory');
    return this.desk.start(signedIn, parse(startImportUpload, body));
  }

  @Get('directory/imports/uploads/:upload')
  state(@Signed() signedIn: SignedIn, @Param('upload') upload: string): Promise<UploadState> {
    mayOrRefuse(signedIn, 'import-directory');
    return this.desk.state(signedIn, upload);
  }

  @Put('directory/imports/uploads/:upload')
  put(@Signed() signedIn: SignedIn, @Param('upload') upload: string, @Query() query: unknown, @Body() chunk: unknown): Promise<UploadState> {
    mayOrRefuse(signedIn, 'import-directory');
    if (!Buffer.isBuffer(chunk)) throw new WireRefused('wrong-type');
    return this.desk.put(signedIn, upload, parse(offsetQuery, query).offset, chunk);
  }

  @Post('directory/imports/uploads/:upload/complete')
  @HttpCode(200)
  async complete(@Signed() signedIn: SignedIn, @Param('upload') upload: string): Promise<FileSeen> {
    mayOrRefuse(signedIn, 'import-directory');
    const { path } = await this.desk.whole(signedIn, upload);
    const seen = await this.imports.recognise(path);
    if (isRefusal(seen)) await this.desk.forget(upload);
    const { kind, columns, guessed, kept } = orRefuse(seen);
    return { upload, kind, columns: columns.map(({ name, examples }) => ({ name, examples: [...examples] })), mapping: [...(kept ?? guessed)], isKept: kept !== undefined };
  }

  @Post('directory/imports')
  async rehearse(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<{ import: string }> {
    mayOrRefuse(signedIn, 'import-directory');
    const { upload, kind, mapping, ends } = parse(rehearseOrder, body);
    const { path, name } = await this.desk.whole(signedIn, upload);
    const begun = orRefuse(await this.imports.rehearse(signedIn.author, { path, fileName: name, kind, ends, ...(mapping ? { mapping } : {}) }));
    this.desk.readBy(begun.import, upload);
    return begun;
  }

  @Get('directory/imports/:id')
  async read(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<ImportShown> {
    mayOrRefuse(signedIn, 'import-directory');
    const record = await this.#find(id);
    return { ...this.#shown(record), changedSince: record.state === 'applied' ? await this.imports.changedSince(id) : 0 };
  }

  @Get('directory/imports/:id/lines')
  async lines(@Signed() signedIn: SignedIn, @Param('id') id: string, @Query() query: unknown): Promise<ReportPage> {
    mayOrRefuse(signedIn, 'import-directory');
    await this.#find(id);
    const { after, action } = parse(linesQuery, query);
    const found = await this.imports.lines(id, after, LINES + 1, action);
    const lines = found.slice(0, LINES).map(({ place, line, action: what, reason, shown }) => ({ place, line, action: what, reason, shown }));
    return { lines, more: found.length > LINES };
  }

  @Get('directory/imports/:id/report.csv')
  async report(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    mayOrRefuse(signedIn, 'import-directory');
    await this.#find(id);
    await reply.header('content-type', 'text/csv; charset=utf-8').header('content-disposition', `attachment; filename="rapport-import-${id.slice(0, 8)}.csv"`)
      .send(Readable.from(this.#csv(id)));
  }

  @Post('directory/imports/:id/apply')
  @HttpCode(204)
  async apply(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'import-directory');
    const refused = await this.imports.apply(signedIn.author, id);
    if (refused) orRefuse(refused);
    await this.desk.over(id);
  }

  @Post('directory/imports/:id/discard')
  @HttpCode(204)
  async discard(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'import-directory');
    const refused = await this.imports.discard(id);
    if (refused) orRefuse(refused);
    await this.desk.over(id);
  }

  @Post('directory/imports/:id/undo')
  @HttpCode(200)
  async undo(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<Undone> {
    mayOrRefuse(signedIn, 'undo-import');
    return orRefuse(await this.imports.undo(signedIn.author, id));
  }

  async #find(id: string): Promise<ImportRecord> {
    return orRefuse((await this.imports.find(id)) ?? refuse('unknown-import'));
  }

  #shown(record: ImportRecord): ImportLineShown {
    const { fault, ...rest } = record;
    const [word = '', ...about] = (fault ?? '').split(' ');
    const { doing, part, lines, rate } = this.imports.progress(record.id) ?? {};
    return {
      ...rest, fault: fault === null ? null : fr(fileFaultSentence(word, about.join(' '))),
      progress: doing === undefined ? null : { doing, part: part!, lines: lines!, rate: rate! },
      until: record.state === 'rehearsed' || record.state === 'applied' ? record.at + UNDONE_WITHIN : null,
    };
  }

  async *#csv(id: string): AsyncGenerator<string> {
    yield REPORT_HEAD;
    for await (const page of this.imports.report(id)) yield reportRows(page);
  }
}

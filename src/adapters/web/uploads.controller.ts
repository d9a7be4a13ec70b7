import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import type { Uploaded, UploadState } from '../../contract/listings.js';
import { parse, WireRefused } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';
import { UploadDesk } from './upload-desk.js';

const startBody = z.strictObject({ name: z.string().trim().min(1).max(200), size: z.int().min(1) });
const offsetQuery = z.object({ offset: z.string().regex(/^\d{1,12}$/).transform(Number) });

@Controller('api/activations/:id/uploads')
export class UploadsController {
  constructor(private readonly desk: UploadDesk) {}

  @Post()
  start(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<UploadState> {
    return this.desk.start(signedIn, id, parse(startBody, body));
  }

  @Get(':upload')
  state(@Signed() signedIn: SignedIn, @Param('id') id: string, @Param('upload') upload: string): Promise<UploadState> {
    return this.desk.state(signedIn, id, upload);
  }

  @Put(':upload')
  put(
    @Signed() signedIn: SignedIn, @Param('id') id: string, @Param('upload') upload: string, @Query() query: unknown, @Body() chunk: unknown,
  ): Promise<UploadState> {
    if (!Buffer.isBuffer(chunk)) throw new WireRefused('wrong-type');
    return this.desk.put(signedIn, id, upload, parse(offsetQuery, query).offset, chunk);
  }

  @Post(':upload/complete')
  @HttpCode(200)
  complete(@Signed() signedIn: SignedIn, @Param('id') id: string, @Param('upload') upload: string): Promise<Uploaded> {
    return this.desk.complete(signedIn, id, upload);
  }
}

import { Body, Controller, Get, Header, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Staff } from '../../application/people/staff.js';
import { Trainings, type RehearsedTraining, type TypedTraining } from '../../application/people/trainings.js';
import { Vault } from '../../application/ports.js';
import { correctTrainingOrder, newTrainingOrder, trainingListOrder, type TrainingListShown, type TrainingShown } from '../../contract/training.js';
import { refuse } from '../../domain/refusal.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse, parse, Refused } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** Who is trained for what. Each act is decided again where it is written. */
@Controller('api/training')
export class TrainingController {
  constructor(
    private readonly trainings: Trainings,
    private readonly staff: Staff,
    private readonly vault: Vault,
  ) {}

  @Get()
  async people(@Signed() signedIn: SignedIn): Promise<TrainingShown> {
    mayOrRefuse(signedIn, 'read-training');
    const people = await this.trainings.people();
    return {
      today: this.trainings.today(), kept: this.trainings.isKept, rules: this.trainings.rules,
      people: people.map(({ member: { emails: _, ...member }, trainings, standings }) => ({
        ...member, standings, trainings: trainings.map(({ id, kind, on, certificate, at }) => ({ id, kind, on, certificate: certificate !== undefined, at })),
      })),
    };
  }

  @Post()
  async record(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<{ training: string }> {
    mayOrRefuse(signedIn, 'record-training');
    return orRefuse(await this.trainings.record(signedIn.author, parse(newTrainingOrder, body) as TypedTraining));
  }

  @Post(':id/correct')
  @HttpCode(204)
  async correct(@Signed() signedIn: SignedIn, @Param('id') id: string, @Body() body: unknown): Promise<void> {
    mayOrRefuse(signedIn, 'correct-training');
    orRefuse(await this.trainings.correct(signedIn.author, id, parse(correctTrainingOrder, body) as TypedTraining));
  }

  @Post(':id/remove')
  @HttpCode(204)
  async remove(@Signed() signedIn: SignedIn, @Param('id') id: string): Promise<void> {
    mayOrRefuse(signedIn, 'remove-training');
    orRefuse(await this.trainings.withdraw(signedIn.author, id));
  }

  @Post('list/rehearse')
  @HttpCode(200)
  async rehearse(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<TrainingListShown> {
    mayOrRefuse(signedIn, 'record-training');
    const lines = orRefuse(await this.trainings.rehearse(parse(trainingListOrder, body).list));
    return this.#shown(lines, lines.filter(({ reason }) => reason === null).length);
  }

  @Post('list')
  async take(@Signed() signedIn: SignedIn, @Body() body: unknown): Promise<TrainingListShown> {
    mayOrRefuse(signedIn, 'record-training');
    const { lines, recorded } = orRefuse(await this.trainings.take(signedIn.author, parse(trainingListOrder, body).list));
    return this.#shown(lines, recorded);
  }

  /** As an attachment under a sandbox, like every file of the vault. */
  @Get(':id/certificate')
  @Header('content-security-policy', "default-src 'none'; sandbox")
  async certificate(@Signed() signedIn: SignedIn, @Param('id') id: string, @Res() reply: FastifyReply): Promise<void> {
    mayOrRefuse(signedIn, 'read-training');
    const certificate = this.trainings.certificateOf(id);
    const [file, bytes] = certificate ? await Promise.all([this.vault.file(certificate.digest), this.vault.readFile(certificate.digest)]) : [];
    if (!file || !bytes) throw new Refused(refuse('unknown-training'));
    const name = encodeURIComponent(file.name).replace(/['()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
    await reply.header('content-type', file.mime).header('content-disposition', `attachment; filename*=UTF-8''${name}`).send(Buffer.from(bytes));
  }

  async #shown(lines: readonly RehearsedTraining[], fit: number): Promise<TrainingListShown> {
    return { fit, lines: await Promise.all(lines.map(async ({ person, ...line }) => ({ ...line, name: person === null ? null : ((await this.staff.member(person))?.name ?? null) }))) };
  }
}

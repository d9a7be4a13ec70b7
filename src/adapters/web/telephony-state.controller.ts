import { Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Accounts } from '../../application/outreach/accounts.js';
import { SelfTest } from '../../application/outreach/self-test.js';
import { Clock } from '../../application/ports.js';
import type { TelephonyShown } from '../../contract/telephony.js';
import { masked } from '../../domain/directory/person.js';
import type { Way } from '../../domain/outreach/reaching.js';
import { mayOrRefuse } from './auth/accounts.controller.js';
import { orRefuse } from './refused.js';
import { Signed, type SignedIn } from './signed-in.js';

/** By which ways a real campaign may leave, and which number its texts offer. */
export abstract class RealWays {
  abstract of(): Way[];
  abstract readonly callBack: string | undefined;
}

/** Whether calling works tonight, and the call that says so. */
@Controller('api/telephony')
export class TelephonyStateController {
  constructor(
    private readonly accounts: Accounts,
    private readonly selfTest: SelfTest,
    private readonly ways: RealWays,
    private readonly clock: Clock,
  ) {}

  @Get()
  shown(@Signed() signedIn: SignedIn): TelephonyShown {
    mayOrRefuse(signedIn, 'read-telephony');
    const { line } = this.selfTest;
    return {
      ways: this.ways.of(), callBack: this.ways.callBack ?? null, line: line === undefined ? null : masked({ kind: 'phone', number: line, line: 'unknown', checkedAt: null }),
      accounts: this.accounts.all.map((one) => {
        const { account, voice, texts, canReceive, callsPerSecond } = one;
        const { why, isLeft } = this.accounts.standing(one, this.clock.wall());
        return { account, voice, texts, canReceive, callsPerSecond, failing: why, isLeft, lastTest: this.selfTest.last(account) ?? null, isTesting: this.selfTest.isUnderWay(account) };
      }),
    };
  }

  @Post('test')
  @HttpCode(202)
  async test(@Signed() signedIn: SignedIn): Promise<{ calling: string[] }> {
    mayOrRefuse(signedIn, 'test-telephony');
    return orRefuse(await this.selfTest.start());
  }
}

import { Secret, TOTP } from 'otpauth';
import { Codes } from '../../application/people/secrets.js';

const PERIOD_S = 30;
/** The telephone's clock may be one step off. */
const WINDOW = 1;

/** RFC 6238 as every application of telephones reads it: SHA-1, six digits, thirty seconds. */
export class TotpCodes extends Codes {
  /** `issuer` is what the application shows above the code. */
  constructor(private readonly issuer: string) {
    super();
  }

  override newSecret(): string {
    return new Secret({ size: 20 }).base32;
  }

  override stepOf(secret: string, code: string, at: number): number | undefined {
    const delta = this.#totp(secret, '').validate({ token: code, timestamp: at, window: WINDOW });
    return delta === null ? undefined : Math.floor(at / 1_000 / PERIOD_S) + delta;
  }

  override address(secret: string, login: string): string {
    return this.#totp(secret, login).toString();
  }

  #totp(secret: string, label: string): TOTP {
    return new TOTP({ issuer: this.issuer, label, algorithm: 'SHA1', digits: 6, period: PERIOD_S, secret: Secret.fromBase32(secret) });
  }
}

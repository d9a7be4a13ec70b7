import type { Hash } from '../../domain/evidence/chain.js';
import { HOUR, type Ms } from '../../domain/time.js';
import { Administration } from '../administration.js';
import type { Clock, Directory, Journal, Random } from '../ports.js';
import { Accounts } from './accounts.js';
import { Links, type LinkAddress } from './links.js';
import { Screens, type ScreenAddress } from './screens.js';
import { SecondFactor } from './second-factor.js';
import type { Codes, Passwords } from './secrets.js';
import { Sessions, type SessionLimits } from './sessions.js';
import { SignIn } from './sign-in.js';
import { Throttle } from './throttle.js';
import { Tokens } from './tokens.js';

export interface OfficeLimits extends SessionLimits {
  /** An invitation serves this long. */
  invitation: Ms;
}
export const USUAL_LIMITS: OfficeLimits = { idle: 12 * HOUR, absolute: 7 * 24 * HOUR, invitation: 7 * 24 * HOUR };

export interface OfficeParts {
  journal: Journal;
  directory: Directory;
  clock: Clock;
  random: Random;
  hash: Hash;
  passwords: Passwords;
  codes: Codes;
  linkAddress: LinkAddress;
  screenAddress: ScreenAddress;
  limits?: OfficeLimits;
}

/** Everything about people, put together; the same for the server, the operator's commands and the tests. */
export interface Office {
  administration: Administration;
  sessions: Sessions;
  signIn: SignIn;
  links: Links;
  accounts: Accounts;
  tokens: Tokens;
  screens: Screens;
  secondFactor: SecondFactor;
}

/** Reads the administration's journal first: nothing may be asked of people before. */
export async function openOffice(parts: OfficeParts): Promise<Office> {
  const { journal, directory, clock, random, hash, passwords, codes, linkAddress, screenAddress, limits = USUAL_LIMITS } = parts;
  const administration = new Administration(journal, directory, clock, random, hash);
  await administration.restore();
  const sessions = new Sessions(directory, clock, random, hash, limits);
  const screens = new Screens(administration, directory, clock, random, hash, screenAddress);
  administration.onCommitted = (events) => {
    sessions.heed(events);
    screens.heed(events);
  };
  const throttle = new Throttle(() => clock.monotonic());
  const signIn = new SignIn(administration, directory, sessions, passwords, throttle, hash);
  const links = new Links(administration, directory, signIn, clock, random, hash, linkAddress);
  return {
    administration, sessions, signIn, links, screens,
    accounts: new Accounts(administration, directory, links, clock, random, limits.invitation),
    tokens: new Tokens(administration, directory, clock, random, hash),
    secondFactor: new SecondFactor(administration, directory, sessions, codes, throttle, clock, random, hash),
  };
}

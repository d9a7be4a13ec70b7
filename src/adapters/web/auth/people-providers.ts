import type { Provider } from '@nestjs/common';
import { Administration } from '../../../application/administration.js';
import { Accounts } from '../../../application/people/accounts.js';
import { Links } from '../../../application/people/links.js';
import type { Office } from '../../../application/people/office.js';
import { Screens } from '../../../application/people/screens.js';
import { SecondFactor } from '../../../application/people/second-factor.js';
import { Sessions } from '../../../application/people/sessions.js';
import { SignIn } from '../../../application/people/sign-in.js';
import { Tokens } from '../../../application/people/tokens.js';
import { Visitors } from '../../../application/people/visitors.js';
import type { Clock, Directory } from '../../../application/ports.js';
import type { Me } from '../../../contract/live.js';
import type { Origins } from '../live-gateway.js';
import { Authentication } from '../signed-in.js';
import { AccountsController } from './accounts.controller.js';
import { AdministrationController, Verifier } from './administration.controller.js';
import { LocalAuthentication } from './authentication.js';
import { Door } from './door.js';
import { MeController } from './me.controller.js';
import { ScreensController } from './screens.controller.js';
import { SignInController } from './sign-in.controller.js';

export const PEOPLE_CONTROLLERS = [SignInController, MeController, AccountsController, ScreensController, AdministrationController];

/** What these controllers ask for, and `Authentication` for everybody else; they ask for `Clock` besides. */
export function peopleProviders(
  office: Office, { origins, house, clock, directory, secure, verifier }: { origins: Origins; house: Me['house']; clock: Clock; directory: Directory; secure: boolean; verifier: string },
): Provider[] {
  const door = new Door(office.sessions, origins, house, clock, secure);
  return [
    { provide: Administration, useValue: office.administration },
    { provide: Sessions, useValue: office.sessions },
    { provide: SignIn, useValue: office.signIn },
    { provide: Links, useValue: office.links },
    { provide: Accounts, useValue: office.accounts },
    { provide: Tokens, useValue: office.tokens },
    { provide: Screens, useValue: office.screens },
    { provide: SecondFactor, useValue: office.secondFactor },
    { provide: Verifier, useValue: new Verifier(verifier) },
    { provide: Door, useValue: door },
    { provide: Visitors, useValue: new Visitors(office.accounts, directory, office.signIn) },
    { provide: Authentication, useValue: new LocalAuthentication(office.sessions, door, office.screens) },
  ];
}

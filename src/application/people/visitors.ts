import { ENGINE, type Right } from '../../domain/entry.js';
import { isRefusal, type Refusal } from '../../domain/refusal.js';
import type { Actor } from '../administration.js';
import type { Directory } from '../ports.js';
import type { Accounts } from './accounts.js';
import type { Entry, SignIn } from './sign-in.js';

const THE_DEMONSTRATION: Actor = { id: ENGINE, rights: ['admin'], source: 'engine' };
const LOGIN = 'visiteur';
/** Whoever watches may also pause the exercise, change its speed, and take a hand in it: nothing there is to be spoilt. */
const RIGHTS: readonly Right[] = ['planificateur', 'observateur'];

/** In a demonstration, and nowhere else, one comes in without an account: everybody at that machine is the same visitor. */
export class Visitors {
  constructor(
    private readonly accounts: Accounts,
    private readonly directory: Directory,
    private readonly signIn: SignIn,
  ) {}

  async enter(): Promise<Entry | Refusal> {
    const known = await this.directory.accountByLogin(LOGIN);
    if (known) return this.signIn.enter(known, false);
    const created = await this.accounts.create(THE_DEMONSTRATION, { login: LOGIN, name: 'Visiteur', title: 'visite de la démonstration', rights: RIGHTS });
    // Two came at once: the other made it.
    if (isRefusal(created) && created.refused !== 'login-taken') return created;
    return this.signIn.enter((await this.directory.accountByLogin(LOGIN))!, false);
  }
}

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Demonstrations } from '../application/ports.js';
import type { Ms } from '../domain/time.js';

/** Where no process can be started beside this one: in tests, and inside another program. */
export class NoDemonstration extends Demonstrations {
  override launch(): Promise<string> {
    return Promise.reject(new Error('no demonstration can be launched from here'));
  }

  override stop(): Promise<void> {
    return Promise.resolve();
  }
}

const STARTS_WITHIN: Ms = 120_000;
const STOPS_WITHIN: Ms = 5_000;

interface Playing {
  child: ChildProcess;
  address: Promise<string>;
}

/** A second process of this product, on a folder of its own. It hears by its channel that we are gone, and ends with us. */
export class DemonstrationProcess extends Demonstrations {
  #playing: Playing | undefined;

  constructor(
    private readonly entry: string,
    /** All that it is told: never our own environment, which may hold secrets. */
    private readonly environment: Record<string, string>,
  ) {
    super();
  }

  override launch(): Promise<string> {
    return (this.#playing ??= this.#start()).address;
  }

  override async stop(): Promise<void> {
    const child = this.#playing?.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    const cut = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN);
    await gone;
    clearTimeout(cut);
  }

  #start(): Playing {
    const child = fork(this.entry, [], { env: this.environment, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const over = () => {
      if (this.#playing?.child === child) this.#playing = undefined;
    };
    child.once('exit', over);
    child.once('error', over);
    const address = new Promise<string>((resolve, reject) => {
      const late = setTimeout(() => {
        child.kill('SIGKILL');
        reject(new Error('the demonstration did not start in time'));
      }, STARTS_WITHIN);
      child.once('message', ({ address }: { address: string }) => resolve(address));
      child.once('exit', (code) => reject(new Error(`the demonstration ended with ${code} before it listened`)));
      child.once('error', reject);
      const settled = () => clearTimeout(late);
      child.once('message', settled).once('exit', settled).once('error', settled);
    });
    address.catch(() => {}); // whoever asked is told; nobody else has to hear it
    return { child, address };
  }
}

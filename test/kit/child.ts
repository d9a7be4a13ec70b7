import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterwards } from './scratch.js';

/** A script of the tests in a process of its own, which answers each message with one; it ends with the test. */
export function child(script: string): { ask: <T>(message: object) => Promise<T> } {
  const process_ = fork(join(import.meta.dirname, '..', script), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], execArgv: [] });
  afterwards(() => process_.kill('SIGKILL'));
  return {
    ask: async <T>(message: object) => {
      process_.send(message);
      return ((await once(process_, 'message')) as [T])[0];
    },
  };
}

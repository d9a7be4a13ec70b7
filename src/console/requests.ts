import type { BoardRequest } from '../contract/live.js';
import { me, onMe } from './api.js';
import { listen } from './connection.js';
import { announce } from './sound.js';
import { Store, useStore } from './store.js';

const MOST = 50;
const requests = new Store<readonly BoardRequest[]>([]);
const nameOf = (account: string) => `temps-zero requests ${account}`;

/** What somebody asks of me, until I have opened or dismissed it. Survives a reload: the server tells each one once. */
export const useRequests = (): readonly BoardRequest[] => useStore(requests);

export function dismissRequest(id: string): void {
  keep(requests.get().filter((one) => one.id !== id));
}

function keep(list: readonly BoardRequest[]): void {
  requests.set(list.slice(-MOST));
  const account = me()?.account;
  if (account) localStorage.setItem(nameOf(account), JSON.stringify(requests.get()));
}

function read(): readonly BoardRequest[] {
  const account = me()?.account;
  try {
    return account ? (JSON.parse(localStorage.getItem(nameOf(account)) ?? '[]') as BoardRequest[]) : [];
  } catch {
    return [];
  }
}

/** All of them, at once. */
export function dismissRequests(): void {
  keep([]);
}

/** Begins to listen: called once by the page. */
export function startRequests(): void {
  requests.set(read());
  onMe(() => requests.set(read()));
  listen({
    request: (request) => {
      // An effect in doubt is shown again under the same id: it sounds once.
      if (requests.get().some((one) => one.id === request.id)) return;
      keep([...requests.get(), request]);
      announce();
    },
  });
}

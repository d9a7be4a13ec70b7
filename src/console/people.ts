import { fr } from '../contract/french-typography.js';
import type { People } from '../contract/live.js';
import { ENGINE } from '../domain/entry.js';
import { get } from './api.js';
import { Batches } from './batches.js';
import { Store, useStore } from './store.js';

export type Person = People[string];

/** No account, token or person of the directory has this id, or no longer. */
export const UNKNOWN = 'compte inconnu';

const people = new Store<Readonly<People>>({ [ENGINE]: { name: 'temps-zero', title: fr("moteur de l'heure"), erased: false } });
const batches = new Batches(async (ids) => {
  const found = await get<People>(`/api/people?ids=${ids.join(',')}`);
  const unknown = ids.filter((id) => !(id in found)).map((id) => [id, { name: UNKNOWN, title: '', erased: false }] as const);
  people.set({ ...people.get(), ...Object.fromEntries(unknown), ...found });
});

/** What to call an account, a token or a contact. Unknown ones are fetched together; until then they read "…". */
export function usePeople(): (id: string) => Person {
  const known = useStore(people);
  return (id) => {
    const person = known[id];
    if (!person) batches.want(id);
    return person ?? { name: '…', title: '', erased: false };
  };
}


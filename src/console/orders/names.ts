import type { CallLine } from '../../contract/call-list.js';
import type { Names } from '../../contract/french.js';
import type { Board } from '../board.js';
import { roleNames } from '../../contract/french.js';
import { fr } from '../../contract/french-typography.js';
import { UNKNOWN, usePeople } from '../people.js';
import { useCommuneNames } from './communes.js';

/** How sentences about this activation name people, those who are called, steps, texts and communes. */
export function useNames(board: Board): Names {
  const person = usePeople();
  const commune = useCommuneNames();
  const { activation } = board;
  return {
    zone: activation.timeZone,
    person: (id) => calledName(board, id) ?? targetName(board, id, person(id).name, commune) ?? person(id).name,
    step: (id) => activation.plan.rows.find((row) => row.id === id)?.title ?? id,
    text: (sealed) => board.text(sealed) ?? (sealed.digest in activation.erased ? '[texte effacé]' : undefined),
    commune,
  };
}

/** How to call somebody of the perimeter: "Anne Roche (maire, Elbeuf)"; erased, "personne effacée (maire, Elbeuf)". */
export function useTargetNames(board: Board): (id: string) => string {
  const person = usePeople();
  const commune = useCommuneNames();
  return (id) => targetName(board, id, person(id).name, commune) ?? person(id).name;
}

function targetName({ activation }: Board, id: string, name: string, commune: (code: string) => string): string | undefined {
  const target = activation.outreach.targets[id];
  // Somebody called in is of no commune: their name is enough.
  return target && target.role !== 'agent' ? fr(`${name === UNKNOWN ? 'personne effacée' : name} (${roleNames[target.role]}, ${commune(target.commune)})`) : undefined;
}

/** Somebody of a call list has no account: the name lies in the vault, on the line that was pasted. */
function calledName({ activation, text }: Board, id: string): string | undefined {
  for (const contacts of Object.values(activation.contacts)) {
    const contact = contacts.find((one) => one.person === id);
    if (!contact) continue;
    const line = text(contact.line);
    return line === null ? 'personne effacée' : line === undefined ? '…' : (JSON.parse(line) as CallLine).name;
  }
  return undefined;
}

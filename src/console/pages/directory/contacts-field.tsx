import { fr } from '../../../contract/french-typography.js';
import type { NewPersonOrder, PersonLine } from '../../../contract/directory.js';
import { Button } from '../../ui/button.js';
import { Checkbox } from '../../ui/choices.js';
import { TextField } from '../../ui/fields.js';

/** One that stands there, by its place and as it is masked; or one that is typed. */
export type TypedLine = { key: number } & ({ keep: number; shown: string; checked: boolean } | { kind: 'phone' | 'email'; value: string });

export function keptOf({ contacts }: Pick<PersonLine, 'contacts'>): TypedLine[] {
  return contacts.map(({ shown }, keep) => ({ key: keep, keep, shown, checked: false }));
}
/** What the order says of them; an empty field says nothing. */
export function typedOf(lines: readonly TypedLine[]): NonNullable<NewPersonOrder['contacts']> {
  return lines.flatMap((line): NonNullable<NewPersonOrder['contacts']> => {
    if ('keep' in line) return [{ keep: line.keep, checked: line.checked }];
    return line.value.trim() === '' ? [] : [{ kind: line.kind, value: line.value.trim() }];
  });
}

/** In the order in which they are tried. */
export function ContactsField({ contacts, onChange }: { contacts: readonly TypedLine[]; onChange: (contacts: readonly TypedLine[]) => void }) {
  const replace = (key: number, change: Partial<{ value: string; checked: boolean }>) => onChange(contacts.map((line) => (line.key === key ? { ...line, ...change } : line)));
  const add = (kind: 'phone' | 'email') => onChange([...contacts, { key: Math.max(-1, ...contacts.map((line) => line.key)) + 1, kind, value: '' }]);
  const raise = (place: number) => onChange(contacts.map((line, n) => (n === place - 1 ? contacts[place]! : n === place ? contacts[place - 1]! : line)));
  return (
    <fieldset className="contacts-field">
      <legend className="label">{fr('Contacts, dans l’ordre où ils sont essayés')}</legend>
      <ol className="contacts">
        {contacts.map((line, place) => {
          const name = 'keep' in line ? line.shown : line.value || `contact ${place + 1}`;
          return (
            <li key={line.key}>
              {'keep' in line
                ? (
                  <div className="contact-kept">
                    <span className="contact-value">{line.shown}</span>
                    <Checkbox isSelected={line.checked} onChange={(checked) => replace(line.key, { checked })}>{fr('Vérifié aujourd’hui')}</Checkbox>
                  </div>
                )
                : <TextField label={line.kind === 'phone' ? `Numéro ${place + 1}` : `Adresse ${place + 1}`} type={line.kind === 'phone' ? 'tel' : 'email'} value={line.value} onChange={(value) => replace(line.key, { value })} maxLength={line.kind === 'phone' ? 40 : 200} autoComplete="off" autoFocus />}
              <span className="row">
                <Button size="small" isDisabled={place === 0} onPress={() => raise(place)} aria-label={fr(`Essayer ${name} plus tôt`)}>↑</Button>
                <Button size="small" onPress={() => onChange(contacts.filter((one) => one.key !== line.key))} aria-label={fr(`Retirer ${name}`)}>Retirer</Button>
              </span>
            </li>
          );
        })}
      </ol>
      <div className="row">
        <Button size="small" onPress={() => add('phone')}>Ajouter un numéro</Button>
        <Button size="small" onPress={() => add('email')}>Ajouter une adresse</Button>
      </div>
      <p className="help">{fr("Trois numéros et trois adresses au plus. Un mobile répond la nuit ; le standard d'une mairie, aux heures de bureau.")}</p>
    </fieldset>
  );
}

import { fr } from '../../../contract/french-typography.js';
import { isLogin, LOGIN_WORDS } from '../../../contract/forms.js';
import { TextField } from '../../ui/fields.js';

export interface Person {
  login: string;
  name: string;
  title: string;
}

/** What is wrong with what was typed, field by field; empty when it will do. */
export function personFaults({ login, name }: Person): Partial<Record<keyof Person, string>> {
  return {
    ...(name.trim() === '' ? { name: fr('Il faut un nom : il paraît à côté de ce que fait la personne.') } : {}),
    ...(isLogin(login) ? {} : { login: fr(LOGIN_WORDS) }),
  };
}

export function PersonFields({ person, onChange, tried }: { person: Person; onChange: (person: Person) => void; tried: boolean }) {
  const faults = tried ? personFaults(person) : {};
  const set = (field: keyof Person) => (value: string) => onChange({ ...person, [field]: value });
  return (
    <>
      <TextField label="Nom" value={person.name} onChange={set('name')} isRequired maxLength={120} autoComplete="off" error={faults.name} />
      <TextField label="Fonction" value={person.title} onChange={set('title')} maxLength={120} autoComplete="off" help={fr('Ce qui paraît sous le nom, par exemple « directrice de cabinet ». Reste lisible si la personne est effacée.')} />
      <TextField label="Identifiant" value={person.login} onChange={set('login')} isRequired maxLength={64} autoComplete="off" error={faults.login} help={fr('Par exemple a.delorme')} />
    </>
  );
}

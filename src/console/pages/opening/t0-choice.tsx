import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { serverClock, useWall } from '../../clock.js';
import { RadioGroup } from '../../ui/choices.js';
import { TextField } from '../../ui/fields.js';
import { LocalInstantField, toLocal } from '../local-instant.js';
import type { OpeningForm, T0Way } from './opening-order.js';

interface Props {
  form: OpeningForm;
  onChange: (form: OpeningForm) => void;
  zone: string;
  pastError: string | undefined;
  synergiError: string | undefined;
}

function Now({ zone }: { zone: string }) {
  return <span className="num">{clockTime(useWall(), zone)}</span>;
}

/** What one may already know at three in the morning: T0, and the number of SYNERGI. Nothing of it is compulsory. */
export function T0Choice({ form, onChange, zone, pastError, synergiError }: Props) {
  const choose = (way: T0Way) => {
    const past = way === 'past' && form.past.local === '' ? { local: toLocal(serverClock.wall(), zone), which: '' as const } : form.past;
    onChange({ ...form, way, past });
  };
  return (
    <div className="stack">
      <RadioGroup<T0Way>
        label="T0" value={form.way} onChange={choose}
        options={[
          { value: 'now', label: <span>Maintenant <Now zone={zone} /></span> },
          { value: 'past', label: 'Plus tôt' },
          { value: 'unknown', label: 'Pas encore connu' },
        ]}
      />
      {form.way === 'past' && (
        <LocalInstantField
          label="T0, heure locale de SYNERGI" zone={zone} value={form.past} onChange={(past) => onChange({ ...form, past })} error={pastError}
          help={fr(`Heure de la préfecture (${zone}), secondes comprises si vous les avez.`)}
        />
      )}
      {form.way === 'unknown' && <p className="help">{fr("Le travail commence, l'heure ne court pas : déclarez le T0 dès que SYNERGI le donne.")}</p>}
      <TextField
        label="Numéro SYNERGI (facultatif)" value={form.synergi} onChange={(synergi) => onChange({ ...form, synergi })} maxLength={40}
        autoComplete="off" code error={synergiError}
      />
    </div>
  );
}

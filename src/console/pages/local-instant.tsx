import { clockTime, dayTime } from '../../contract/french-times.js';
import { fr } from '../../contract/french-typography.js';
import { instantsOf } from '../../domain/clock/local-time.js';
import type { Ms } from '../../domain/time.js';
import { RadioGroup } from '../ui/choices.js';
import { DateTimeField } from '../ui/fields.js';

/** What a person typed, and which of the two instants they meant where a clock change repeats the hour. */
export interface LocalInstant {
  local: string;
  which: 'first' | 'second' | '';
}

export type LocalReading =
  | { is: 'instant'; at: Ms }
  | { is: 'empty' }
  /** The hour that the clocks skip in spring: it names no instant. */
  | { is: 'skipped' }
  /** The hour that the clocks repeat in autumn: which one is asked. */
  | { is: 'repeated'; first: Ms; second: Ms };

export const noInstant: LocalInstant = { local: '', which: '' };

/** The instant that a local time of the préfecture names; an hour that exists twice is never guessed. */
export function readLocal({ local, which }: LocalInstant, zone: string): LocalReading {
  if (local === '') return { is: 'empty' };
  const [first, second] = namedBy(local, zone);
  if (first === undefined) return { is: 'skipped' };
  if (second === undefined) return { is: 'instant', at: first };
  if (which === '') return { is: 'repeated', first, second };
  return { is: 'instant', at: which === 'first' ? first : second };
}

/** A field half filled, or a year of five figures, names nothing. */
function namedBy(local: string, zone: string): Ms[] {
  try {
    return instantsOf(local, zone);
  } catch {
    return [];
  }
}

/** "2026-10-25T02:14:00", as a field of the browser wants it. */
export function toLocal(at: Ms, zone: string): string {
  const [day, time] = dayTime(at, zone).split(' ') as [string, string];
  return `${day.split('/').reverse().join('-')}T${time}`;
}

/** An instant that is known, as the field holds it: nobody is asked which of two hours it is. */
export function localOf(at: Ms, zone: string): LocalInstant {
  const local = toLocal(at, zone);
  const [first, second] = instantsOf(local, zone);
  return { local, which: second === undefined ? '' : at - first! < second - first! ? 'first' : 'second' };
}

export interface LocalInstantFieldProps {
  label: string;
  zone: string;
  value: LocalInstant;
  onChange: (value: LocalInstant) => void;
  help?: string | undefined;
  /** What the page knows to be wrong with that instant. */
  error?: string | undefined;
  isRequired?: boolean | undefined;
}

/** A local time with seconds, and the question that the night of a clock change asks. */
export function LocalInstantField({ label, zone, value, onChange, help, error, isRequired }: LocalInstantFieldProps) {
  const read = readLocal(value, zone);
  const both = namedBy(value.local, zone);
  const skipped = read.is === 'skipped' ? fr("Cette heure n'existe pas : cette nuit-là, on avance les pendules. Vérifiez l'heure.") : undefined;
  return (
    <>
      <DateTimeField
        label={label} value={value.local} onChange={(local) => onChange({ local, which: '' })} error={skipped ?? error}
        help={help} isRequired={isRequired}
      />
      {both.length === 2 && (
        <RadioGroup
          label={fr("Cette heure existe deux fois, cette nuit-là on recule les pendules. Laquelle ?")} value={value.which} isRequired
          onChange={(which) => onChange({ ...value, which })}
          options={[
            { value: 'first', label: fr(`La première, avant le changement (${clockTime(both[0]!, 'UTC')} UTC)`) },
            { value: 'second', label: fr(`La seconde, après le changement (${clockTime(both[1]!, 'UTC')} UTC)`) },
          ]}
        />
      )}
    </>
  );
}

import { useState } from 'react';
import { behalfNames } from '../../contract/french.js';
import { clockTime } from '../../contract/french-times.js';
import { capital, fr } from '../../contract/french-typography.js';
import { FUNCTIONS, type OnBehalf } from '../../domain/entry.js';
import type { Activation } from '../../domain/state.js';
import { toInstant, type Instant } from '../../domain/time.js';
import { timeInside } from '../live.js';
import { LocalInstantField, localOf, noInstant, readLocal, type LocalInstant } from '../pages/local-instant.js';
import { Select } from '../ui/fields.js';

/** When it happened, where that is not now, and on whose behalf it is written. */
export interface Circumstances {
  when: LocalInstant | 'now';
  behalf: OnBehalf | 'me';
}
export const HERE_AND_NOW: Circumstances = { when: 'now', behalf: 'me' };

/** The part of an order that circumstances give; undefined while the time that was typed names no single instant. */
export function readCircumstances({ when, behalf }: Circumstances, zone: string): { occurredAt?: Instant; for?: OnBehalf } | undefined {
  const onBehalf = behalf === 'me' ? {} : { for: behalf };
  if (when === 'now') return onBehalf;
  const read = readLocal(when, zone);
  return read.is === 'instant' ? { ...onBehalf, occurredAt: toInstant(read.at) } : undefined;
}

/** What to say when `readCircumstances` answers nothing. */
export const WHICH_TIME = fr("Précisez l'heure à laquelle cela s'est passé, ou revenez à « maintenant ».");

const BEHALVES: readonly OnBehalf[] = ['prefet', 'directeur', ...FUNCTIONS.filter((code) => code !== 'DC')];

export interface CircumstancesFieldsProps {
  activation: Readonly<Activation>;
  value: Circumstances;
  onChange: (value: Circumstances) => void;
  /** An order or a visa: on whose behalf matters, and reads as oral until it is confirmed. */
  oral?: boolean;
  /** "Quand cela s'est passé" */
  timeLabel?: string;
}

/** Closed, they say « maintenant, en votre nom »: the usual case costs no gesture. */
export function CircumstancesFields({ activation, value, onChange, oral = false, timeLabel = "Quand cela s'est passé" }: CircumstancesFieldsProps) {
  const [open, setOpen] = useState(value !== HERE_AND_NOW);
  const { timeZone } = activation;
  if (!open) {
    return (
      <p className="circumstances">
        {fr('Maintenant, en votre nom.')}{' '}
        <button type="button" className="bare-link" onClick={() => setOpen(true)}>{fr("Une autre heure, ou pour quelqu'un d'autre")}</button>
      </p>
    );
  }
  const setBehalf = (behalf: OnBehalf | 'me') => onChange({ ...value, behalf });
  return (
    <fieldset className="circumstances-open">
      <legend className="hidden">Circonstances</legend>
      <div className="circumstances-when">
        <LocalInstantField
          label={fr(timeLabel)} zone={timeZone} value={value.when === 'now' ? noInstant : value.when}
          help={fr(value.when === 'now' ? 'Vide : maintenant.' : `Il est ${clockTime(timeInside(activation), timeZone)}.`)}
          onChange={(when) => onChange({ ...value, when: when.local === '' ? 'now' : when })}
        />
        {value.when === 'now' && (
          <button type="button" className="bare-link" onClick={() => onChange({ ...value, when: localOf(timeInside(activation), timeZone) })}>
            {fr("Partir de l'heure qu'il est")}
          </button>
        )}
      </div>
      <Select
        label="Pour le compte de" value={value.behalf} onChange={setBehalf}
        help={oral && (value.behalf === 'prefet' || value.behalf === 'directeur') ? fr('Décision orale : elle reste marquée « oral » tant que la personne ne la confirme pas.') : undefined}
        options={[{ value: 'me' as const, label: 'Moi-même' }, ...BEHALVES.map((one) => ({ value: one, label: capital(behalfNames[one]) }))]}
      />
    </fieldset>
  );
}

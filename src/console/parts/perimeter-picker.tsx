import { useState } from 'react';
import { count, fr } from '../../contract/french-typography.js';
import type { KeptPerimeterLine } from '../../contract/perimeters.js';
import { neighbourProposals, setCircle, withCommunes, type Circles } from '../../domain/outreach/choice.js';
import type { Circle } from '../../domain/outreach/targets.js';
import { useMe } from '../api.js';
import { CommunesField } from '../orders/communes-field.js';
import { useAllCommunes } from '../orders/communes.js';
import { Button } from '../ui/button.js';
import { Select } from '../ui/fields.js';
import { ByPopulation } from './perimeter/by-population.js';
import { CircleFigures } from './perimeter/circle-figures.js';
import { PastedList } from './perimeter/pasted-list.js';
import { useKeptPerimeters, useNeighbours, useReach } from './perimeter/use-perimeters.js';
import './perimeter/picker.css';

export interface PerimeterPickerProps {
  value: Circles;
  onChange: (value: Circles) => void;
  /** Somebody began with that one. */
  onKept?: (perimeter: KeptPerimeterLine) => void;
  isDisabled?: boolean;
  /** Not where the page lists kept perimeters itself. */
  offersKept?: boolean;
}

const CIRCLES = [
  { circle: 1, title: 'Cercle 1 : communes touchées', label: 'Ajouter au cercle 1', says: "Là où l'événement agit : elles sont appelées d'abord." },
  { circle: 2, title: 'Cercle 2 : communes voisines', label: 'Ajouter au cercle 2', says: "Elles doivent savoir : routes, évacuations, rumeurs." },
] as const;

/** 48.1 the two circles, chosen by commune, EPCI, arrondissement, population, a pasted list or a kept perimeter. */
export function PerimeterPicker({ value, onChange, onKept, isDisabled = false, offersKept = true }: PerimeterPickerProps) {
  const me = useMe();
  const kept = useKeptPerimeters();
  const reach = useReach([...value.circle1, ...value.circle2]);
  const communes = useAllCommunes();
  if (!me) return null;
  return (
    <div className="stack">
      {offersKept && kept.length > 0 && !isDisabled && (
        <div className="picker-kept">
          <Select
            label="Partir d’un périmètre gardé" value="" placeholder="Choisir" options={kept.map(({ id, name, circle1, circle2 }) => ({ value: id, label: `${name} (${circle1.length} + ${circle2.length})` }))}
            onChange={(id) => {
              const one = kept.find((perimeter) => perimeter.id === id);
              if (!one) return;
              onChange(withCommunes(withCommunes(value, 1, one.circle1), 2, one.circle2));
              onKept?.(one);
            }}
          />
        </div>
      )}
      <div className="picker">
        {CIRCLES.map(({ circle, title, label, says }) => {
          const codes = circle === 1 ? value.circle1 : value.circle2;
          const add = (more: readonly string[]) => onChange(withCommunes(value, circle, more));
          return (
            <section key={circle} className="panel stack-small picker-circle" aria-labelledby={`circle-${circle}`}>
              <h3 id={`circle-${circle}`}>{fr(title)}</h3>
              <CircleFigures codes={codes} communes={communes} reach={reach} says={fr(says)} />
              {circle === 2 && !isDisabled && <Neighbours value={value} onAdd={add} />}
              <CommunesField label={label} codes={codes} departement={me.house.departement} isDisabled={isDisabled} onChange={(next) => onChange(setCircle(value, circle, next))} />
              {!isDisabled && <OtherWays circle={circle} onAdd={add} />}
            </section>
          );
        })}
      </div>
    </div>
  );
}

/** Less often than a name: one panel at a time, below. */
function OtherWays({ circle, onAdd }: { circle: Circle; onAdd: (codes: readonly string[]) => void }) {
  const [way, setWay] = useState<'population' | 'list'>();
  const toggle = (one: 'population' | 'list') => setWay(way === one ? undefined : one);
  return (
    <>
      <div className="row">
        <Button size="small" aria-expanded={way === 'list'} onPress={() => toggle('list')}>Coller une liste</Button>
        <Button size="small" aria-expanded={way === 'population'} onPress={() => toggle('population')}>Par population</Button>
      </div>
      {way === 'list' && <PastedList circle={circle} onAdd={onAdd} />}
      {way === 'population' && <ByPopulation onAdd={onAdd} />}
    </>
  );
}

const WHY = { border: 'Limitrophes', epci: 'Même EPCI', arrondissement: 'Même arrondissement' } as const;

/** Circle 2 is proposed, never filled in by itself: who is concerned is a decision. */
function Neighbours({ value, onAdd }: { value: Circles; onAdd: (codes: readonly string[]) => void }) {
  const communes = useAllCommunes();
  const bordering = useNeighbours(value.circle1);
  const proposals = communes && value.circle1.length > 0 ? neighbourProposals(communes, value, bordering) : [];
  if (proposals.length === 0) return null;
  return (
    <div className="picker-proposals">
      <p className="label">Voisines proposées</p>
      <ul>
        {proposals.slice(0, 6).map(({ why, code, name, communes: codes }) => (
          <li key={`${why} ${code}`}>
            <span>{name === '' ? WHY[why] : <><span className="dim">{WHY[why]}</span><br />{name}</>}</span>
            <Button size="small" onPress={() => onAdd(codes)} aria-label={fr(`Ajouter au cercle 2 ${count(codes.length, 'commune')} : ${WHY[why]}${name === '' ? '' : `, ${name}`}`)}>{`+ ${count(codes.length, 'commune')}`}</Button>
          </li>
        ))}
      </ul>
    </div>
  );
}

import type { Reach } from '../../../contract/perimeters.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { Commune } from '../../../domain/communes.js';
import { Icon } from '../../ui/icons.js';

/** How many, for how many people, and in how many of them somebody can be reached at night. */
export function CircleFigures({ codes, communes, reach, says }: { codes: readonly string[]; communes: readonly Commune[] | undefined; reach: Reach | undefined; says: string }) {
  if (codes.length === 0) return <p className="help">{says}</p>;
  const chosen = new Set(codes);
  const population = communes?.reduce((sum, { code, population: people }) => sum + (chosen.has(code) ? people : 0), 0);
  const silent = reach?.notAtNight.filter((code) => chosen.has(code)).length;
  return (
    <ul className="picker-figures">
      <li><b>{codes.length.toLocaleString('fr-FR')}</b> {codes.length < 2 ? 'commune' : 'communes'}</li>
      {population !== undefined && <li><b>{population.toLocaleString('fr-FR')}</b> {population < 2 ? 'habitant' : 'habitants'}</li>}
      {silent !== undefined && (
        <li className={silent > 0 ? 'watch' : 'ok'}>
          <Icon shape={silent > 0 ? 'warn' : 'checked'} size={14} />
          <span>{silent > 0 ? fr(`${count(silent, 'commune')} sans personne à joindre la nuit`) : fr('Quelqu’un à joindre la nuit partout')}</span>
        </li>
      )}
    </ul>
  );
}

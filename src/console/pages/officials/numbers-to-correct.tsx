import { Link } from 'wouter';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { Activation } from '../../../domain/state.js';
import { useTargetNames } from '../../orders/names.js';
import { Disclosure } from '../../ui/dialog.js';
import type { HourProps } from '../hour/hour-props.js';
import { numberPlace } from './campaign/campaign-words.js';

/** Whose number led nowhere, and which by its place: the directory is put right by day, from here. */
export function NumbersToCorrect({ board }: Pick<HourProps, 'board'>) {
  const { activation } = board;
  const nameOf = useTargetNames(board);
  const wrong = wrongNumbers(activation);
  if (wrong.length === 0) return null;
  return (
    <Disclosure title={fr('Numéros à corriger')} detail={count(wrong.length, 'personne')}>
      <ul className="queue-list">
        {wrong.map(({ person, places }) => (
          <li key={person}>
            <Link href={`/annuaire?personne=${person}`}>{capital(nameOf(person))}</Link>
            <span className="dim">{fr(places.join(', '))}</span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

function wrongNumbers({ outreach, campaigns }: Readonly<Activation>): { person: string; places: string[] }[] {
  return Object.values(outreach.targets).flatMap(({ person, attempts }) => {
    const places = attempts.flatMap(({ outcome, way, contact, campaign }): string[] => {
      if (outcome === 'wrong-number' || (outcome === 'invalid' && contact === undefined)) return [way === 'outside' ? 'selon l’automate extérieur' : 'faux numéro'];
      return outcome === 'invalid' ? [numberPlace(contact!, way === 'mail', campaigns[campaign ?? '']?.people[person]?.contacts)] : [];
    });
    return places.length > 0 ? [{ person, places: [...new Set(places)] }] : [];
  });
}

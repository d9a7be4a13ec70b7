import { roleNames } from '../../../contract/french.js';
import { fr } from '../../../contract/french-typography.js';
import type { FrozenTarget } from '../../../domain/outreach/targets.js';
import { Disclosure } from '../../ui/dialog.js';
import type { HourProps } from '../hour/hour-props.js';

/** What to say on the telephone: who calls, what happens, what is asked, and the words that make an acknowledgement. */
export function Script({ board, role, commune }: Pick<HourProps, 'board'> & { role: FrozenTarget['role']; commune: string }) {
  const { activation } = board;
  const title = board.text(activation.title) ?? activation.eventType ?? (activation.kind === 'cod' ? 'le centre opérationnel départemental est activé' : 'un événement important est en cours');
  const facts = board.text(activation.steps['P06']?.text?.sealed);
  const whom = role === 'town-hall' ? `la mairie de ${commune}` : `${roleNames[role]} de ${commune}`;
  const exercise = activation.lane === 'exercise' ? 'EXERCICE EXERCICE EXERCICE. ' : '';
  return (
    <Disclosure title="Ce qu’il faut dire" startsOpen>
      <blockquote className="script">
        <p>{fr(`${exercise}Bonjour, ici ${activation.prefecture}. Êtes-vous bien ${whom} ?`)}</p>
        <p>{fr(`Je vous appelle au sujet de : ${title}.`)}</p>
        {facts ? <p>{facts}</p> : <p className="dim">{fr('La fiche de faits (P06) n’est pas encore écrite : dites ce qui est sûr, et rien d’autre.')}</p>}
        <p>{fr(`Avez-vous bien reçu ce message ? Pouvez-vous me le confirmer ?${exercise ? ' EXERCICE EXERCICE EXERCICE.' : ''}`)}</p>
      </blockquote>
      <p className="help">{fr('« Acquitté » : la personne elle-même l’a dit. Prévenue par quelqu’un d’autre, elle ne l’est pas.')}</p>
    </Disclosure>
  );
}

import { behalfNames, categoryNames, evidenceNames, functionNames } from '../../../contract/french.js';
import { clockTime, offset } from '../../../contract/french-times.js';
import { fr, listed } from '../../../contract/french-typography.js';
import { usePeople } from '../../people.js';
import type { StepProps } from './step-props.js';

/** What the plan says of a step, and what is known of it. */
export function StepFacts({ board: { activation }, shown }: StepProps) {
  const { row, step, times } = shown;
  const person = usePeople();
  const zone = activation.timeZone;
  const origin = typeof row.anchor === 'string' && row.anchor !== 'closing' ? activation.clocks[row.anchor]?.t0 : undefined;
  const at = (instant: number) => `${clockTime(instant, zone)}${origin === undefined ? '' : ` (${offset(instant, origin)})`}`;
  const holders = row.functions.map((code) => {
    const holder = activation.functions[code].holder;
    return `${functionNames[code]}${holder ? `, ${person(holder).name}` : ' (personne)'}`;
  });
  const facts: [string, string | undefined][] = [
    ['Par', listed(holders)],
    ['Confiée à', step.assignee && person(step.assignee).name],
    ['Comment', row.means],
    ['Preuve demandée', row.evidenceAsked ?? evidenceNames[row.evidence]],
    ['Cible', times.target === undefined ? undefined : at(times.target)],
    ['Échéance', times.deadline === undefined ? undefined : `${at(times.deadline)}${row.ours ? ', fixée par nous' : ''}`],
    ['Début', step.startedAt === undefined ? undefined : at(step.startedAt)],
    ['Fin', step.doneAt === undefined || (step.status !== 'done' && step.status !== 'outside-cause') ? undefined : `${at(step.doneAt)}${step.doneBy ? `, ${person(step.doneBy).name}` : ''}${step.doneFor ? `, pour ${behalfNames[step.doneFor]}` : ''}`],
    ['Sans objet', step.category && `${categoryNames[step.category]}, autorisé par ${step.authorisedBy ? behalfNames[step.authorisedBy] : '?'}`],
  ];
  return (
    <dl className="step-facts">
      {facts.map(([name, value]) => value && <div key={name}><dt>{name}</dt><dd>{fr(value)}</dd></div>)}
    </dl>
  );
}

import type { ActivationLine } from '../../../contract/live.js';
import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { useWall } from '../../clock.js';
import { ClockBig, ClockIdle, ClockSmall } from '../../parts/clocks.js';
import { LinkButton } from '../../ui/button.js';
import { Badge } from '../../ui/state-label.js';
import { clocksOf, kindWords, nameOf } from './lines.js';

/** Activations that run, real ones first, each with its clocks; the first real one is in large. */
export function RunningList({ lines, home }: { lines: readonly ActivationLine[]; home: (id: string) => string }) {
  return (
    <ul className="running">
      {lines.map((line, i) => (
        <li key={line.id}>
          <RunningCard line={line} href={home(line.id)} isFirst={i === 0} />
        </li>
      ))}
    </ul>
  );
}

/** One solid button on the screen: that of the first real activation. */
function RunningCard({ line, href, isFirst }: { line: ActivationLine; href: string; isFirst: boolean }) {
  const exercise = line.lane !== 'real';
  return (
    <article className={`running-card${exercise ? ' exercise' : ''}`} aria-label={fr(`${exercise ? 'Exercice : ' : ''}${nameOf(line)}`)}>
      {exercise && <p className="running-mark">EXERCICE EXERCICE EXERCICE</p>}
      <div className="running-body">
        <Clocks line={line} announces={isFirst} />
        <div className="running-what">
          <h3>{nameOf(line)}</h3>
          <p className="row">
            <Badge tone={exercise ? 'ex' : 'run'}>{exercise ? 'Exercice' : 'Réel'}</Badge>
            <span>{kindWords[line.kind]}</span>
          </p>
          <p className="dim">{fr(`Ouvert le ${dayTime(line.openedAt, line.timeZone)}`)}</p>
          <p className="dim">{line.synergi === null ? fr('Numéro SYNERGI pas encore connu') : fr(`SYNERGI ${line.synergi}`)}</p>
          <LinkButton href={href} kind={isFirst && !exercise ? 'primary' : 'secondary'} size="large" wide>{exercise ? fr("Rejoindre l'exercice") : 'Rejoindre'}</LinkButton>
        </div>
      </div>
    </article>
  );
}

/** Renders each second, and nothing else on the page does. */
function Clocks({ line, announces }: { line: ActivationLine; announces: boolean }) {
  const [first, ...others] = clocksOf(line, useWall());
  if (!first) return <div className="running-clocks"><ClockIdle name="T0" of={nameOf(line)}>{fr("L'heure ne court pas encore : le T0 n'est pas déclaré.")}</ClockIdle></div>;
  return (
    <div className="running-clocks">
      <ClockBig clock={first} zone={line.timeZone} announces={announces} of={nameOf(line)} />
      {others.map((clock) => <ClockSmall key={clock.id} clock={clock} zone={line.timeZone} of={nameOf(line)} />)}
    </div>
  );
}

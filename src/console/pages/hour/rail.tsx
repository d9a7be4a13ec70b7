import { useState } from 'react';
import { clockNames } from '../../../contract/french.js';
import { clockTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ClockId } from '../../../domain/plan/plan.js';
import { isCod } from '../../../domain/plan/timing.js';
import { mayIssue } from '../../../domain/rights.js';
import { clocksShown } from '../../../domain/views/board.js';
import { useNow } from '../../live.js';
import { ClockBig, ClockIdle, ClockSmall } from '../../parts/clocks.js';
import { Button } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { DeclareT0, OrderNu } from './clock-dialogs.js';
import { ExerciseTime } from './exercise-time.js';
import type { HourProps } from './hour-props.js';

type Asked = 'nu' | 'cod' | 'important' | 'ciav';

/** The clocks: the nearest in large, the others under it, and those that somebody may start. They never leave the screen. */
export function Clocks({ board, me, open, size = 'rail' }: HourProps & { size?: 'rail' | 'phone' }) {
  const { activation } = board;
  const now = useNow(activation);
  const [asked, setAsked] = useState<Asked>();
  const clocks = clocksShown(activation, now);
  const [first, ...others] = clocks;
  const zone = activation.timeZone;
  const running = activation.life === 'running';
  const may = (type: 'start-clock' | 'order-nu' | 'correct-clock') => mayIssue(me.rights, type, activation.lane) && activation.life !== 'sealed' && activation.life !== 'cancelled';
  const ask = (what: Asked) => () => setAsked(what);
  const correct = (clock: ClockId) => () => open({ open: 'correct', clock, t0: null });
  return (
    <>
      {first ? (
        <ClockBig clock={first} zone={zone} size={size} recordedAt={activation.clocks[first.id]!.versions[0]!.recordedAt} onOpen={() => open({ open: 'clock', clock: first.id })}>
          {activation.clocks[first.id]!.versions.length > 1 && <p>{fr(`corrigé, ${activation.clocks[first.id]!.versions.length} versions`)}</p>}
          {first.id !== 'nu' && first.id !== 'ciav' && <Synergi activation={activation} />}
          {may('correct-clock') && <button type="button" className="bare-link" onClick={correct(first.id)}>{fr('Corriger T0…')}</button>}
        </ClockBig>
      ) : (
        <NoT0 board={board} may={may('start-clock') && running} onDeclare={ask(activation.kind)} />
      )}
      <OtherT0 board={board} may={may('correct-clock')} open={open} />
      {others.map((clock) => (
        <ClockSmall key={clock.id} clock={clock} zone={zone} onOpen={() => open({ open: 'clock', clock: clock.id })}>
          {size === 'rail' && (
            <div className="clock-source">
              {clock.id !== 'nu' && clock.id !== 'ciav' && <Synergi activation={activation} />}
              {may('correct-clock') && <button type="button" className="bare-link" onClick={correct(clock.id)}>{fr('Corriger T0…')}</button>}
            </div>
          )}
        </ClockSmall>
      ))}
      <ExerciseTime board={board} me={me} />
      {running && first && !isCod(activation) && may('start-clock') && (
        <ClockIdle name={clockNames.cod}>
          <p>{fr("L'événement devient un COD ?")} <button type="button" className="link-button" onClick={ask('cod')}>{fr('Déclarer T0-COD…')}</button></p>
        </ClockIdle>
      )}
      {running && isCod(activation) && !activation.clocks.nu && (
        <ClockIdle name={clockNames.nu}>
          <p>{fr(`Numéro unique : l'ordre écrit démarre ${activation.plan.minutes.nu} min.`)} {may('order-nu') && <button type="button" className="link-button" onClick={ask('nu')}>Ordonner…</button>}</p>
        </ClockIdle>
      )}
      {running && activation.facts.attack && !activation.clocks.ciav && (
        <ClockIdle name={clockNames.ciav}>
          <p>{fr("Attentat : l'ouverture de la CIAV démarre sa propre cible.")} {may('start-clock') && <button type="button" className="link-button" onClick={ask('ciav')}>{fr('Déclarer…')}</button>}</p>
        </ClockIdle>
      )}
      {asked === 'nu' && <OrderNu activation={activation} me={me} onClose={() => setAsked(undefined)} />}
      {asked && asked !== 'nu' && <DeclareT0 activation={activation} me={me} clock={asked} onClose={() => setAsked(undefined)} />}
    </>
  );
}

/** At three in the morning the number may not be known yet: nothing is lost, and one thing stands out to be done. */
function NoT0({ board: { activation }, may, onDeclare }: Pick<HourProps, 'board'> & { may: boolean; onDeclare: () => void }) {
  const name = clockNames[activation.kind];
  return (
    <section className="no-t0" aria-label={fr(`Horloge ${name}`)}>
      <h2>{fr(`${name} pas encore connu`)}</h2>
      <p>{fr(`Ouvert à ${clockTime(activation.openedAt, activation.timeZone)}. Ce qui est fait avant T0 compte, et s'affichera en T0-N.`)}</p>
      {may ? <Button kind="primary" size="large" wide onPress={onDeclare}>Déclarer T0</Button> : <p className="dim">{fr('Une personne qui en a le droit le déclarera.')}</p>}
    </section>
  );
}

function Synergi({ activation: { synergi } }: Pick<HourProps['board'], 'activation'>) {
  return <p>{synergi ? `SYNERGI ${synergi.number}` : fr('SYNERGI : numéro pas encore enregistré')}</p>;
}

/** SYNERGI says another T0 than the clock that runs: somebody corrects it, with a reason. */
function OtherT0({ board: { activation }, may, open }: Pick<HourProps, 'board' | 'open'> & { may: boolean }) {
  const { synergi, clocks, timeZone } = activation;
  if (synergi?.t0 === undefined || !clocks.cod || clocks.cod.t0 === synergi.t0) return null;
  const t0 = new Date(synergi.t0).toISOString();
  return (
    <Notice
      kind="watch" announce={false} title={fr(`SYNERGI dit T0 ${clockTime(synergi.t0, timeZone)}, l'horloge ${clockTime(clocks.cod.t0, timeZone)}.`)}
      actions={may ? <Button size="small" onPress={() => open({ open: 'correct', clock: 'cod', t0 })}>{fr('Corriger T0')}</Button> : undefined}
    />
  );
}

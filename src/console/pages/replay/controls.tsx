import type { KeyboardEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { MINUTE, SECOND } from '../../../domain/time.js';
import { Button } from '../../ui/button.js';
import { SPEEDS, type Cursor } from './use-cursor.js';

/** The slider over the journal: by hand, by key (an entry, a minute, an end), or played. */
export function Controls({ cursor, valueText }: { cursor: Cursor; valueText: string }) {
  const { seq, at, from, to, playing, goTo, moveTo, play } = cursor;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    play(undefined);
    move({ seq, at, from, to, goTo, moveTo });
  };
  return (
    <div className="replay-controls">
      <input
        type="range" className="replay-slider" aria-label={fr("Moment de l'activation")} aria-valuetext={valueText} min={0} max={Math.max(SECOND, to - from)} step={SECOND / 10} value={at - from}
        onChange={({ currentTarget }) => {
          play(undefined);
          moveTo(from + Number(currentTarget.value));
        }}
        onKeyDown={onKeyDown}
      />
      <div className="replay-buttons" role="group" aria-label="Lecture">
        <Button size="small" aria-label={fr('Entrée précédente')} isDisabled={seq <= 1} onPress={() => goTo(seq - 1)}>‹</Button>
        <Button size="small" aria-label={fr('Entrée suivante')} isDisabled={at >= to} onPress={() => goTo(seq + 1)}>›</Button>
        {SPEEDS.map((speed) => (
          <Button key={speed} size="small" aria-pressed={playing === speed} aria-label={fr(playing === speed ? 'Arrêter' : `Lire à ${speed} fois la vitesse`)} onPress={() => (at >= to ? moveTo(from) : undefined, play(playing === speed ? undefined : speed))}>
            {playing === speed ? `❚❚ × ${speed}` : `▶ × ${speed}`}
          </Button>
        ))}
      </div>
    </div>
  );
}

const KEYS: Record<string, (cursor: Pick<Cursor, 'seq' | 'at' | 'from' | 'to' | 'goTo' | 'moveTo'>) => void> = {
  ArrowRight: ({ seq, goTo }) => goTo(seq + 1),
  ArrowUp: ({ seq, goTo }) => goTo(seq + 1),
  ArrowLeft: ({ seq, goTo }) => goTo(seq - 1),
  ArrowDown: ({ seq, goTo }) => goTo(seq - 1),
  PageUp: ({ at, moveTo }) => moveTo(at + MINUTE),
  PageDown: ({ at, moveTo }) => moveTo(at - MINUTE),
  Home: ({ from, moveTo }) => moveTo(from),
  End: ({ to, moveTo }) => moveTo(to),
};

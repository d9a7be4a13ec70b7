import type { KeyboardEvent } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { MINUTE, SECOND } from '../../../domain/time.js';
import { Button } from '../../ui/button.js';
import { SPEEDS, type Cursor } from './use-cursor.js';

/** The slider over the journal: by hand, by key (an entry, a minute, an end), or played. */
export function Controls({ cursor, valueText }: { cursor: Cursor; valueText: string }) {
  const { seq, atEnd, place, length, playing, goTo, slideTo, play } = cursor;
  const onKeyDown = (event: KeyboardEvent) => {
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    play(undefined);
    move(cursor);
  };
  return (
    <div className="replay-controls">
      <input
        type="range" className="replay-slider" aria-label={fr("Moment de l'activation")} aria-valuetext={valueText} min={0} max={Math.max(SECOND, length)} step={SECOND / 10} value={place}
        onChange={({ currentTarget }) => {
          play(undefined);
          slideTo(Number(currentTarget.value));
        }}
        onKeyDown={onKeyDown}
      />
      <div className="replay-buttons" role="group" aria-label="Lecture">
        <Button size="small" aria-label={fr('Entrée précédente')} isDisabled={seq <= 1} onPress={() => goTo(seq - 1)}>‹</Button>
        <Button size="small" aria-label={fr('Entrée suivante')} isDisabled={atEnd} onPress={() => goTo(seq + 1)}>›</Button>
        {SPEEDS.map((speed) => (
          <Button key={speed} size="small" aria-pressed={playing === speed} aria-label={fr(playing === speed ? 'Arrêter' : `Lire à ${speed} fois la vitesse`)} onPress={() => (atEnd ? goTo(1) : undefined, play(playing === speed ? undefined : speed))}>
            {playing === speed ? `❚❚ × ${speed}` : `▶ × ${speed}`}
          </Button>
        ))}
      </div>
    </div>
  );
}

const KEYS: Record<string, (cursor: Cursor) => void> = {
  ArrowRight: ({ seq, goTo }) => goTo(seq + 1),
  ArrowUp: ({ seq, goTo }) => goTo(seq + 1),
  ArrowLeft: ({ seq, atEnd, goTo }) => goTo(atEnd ? seq : seq - 1),
  ArrowDown: ({ seq, atEnd, goTo }) => goTo(atEnd ? seq : seq - 1),
  PageUp: ({ at, moveTo }) => moveTo(at + MINUTE),
  PageDown: ({ at, moveTo }) => moveTo(at - MINUTE),
  Home: ({ goTo }) => goTo(1),
  End: ({ toEnd }) => toEnd(),
};

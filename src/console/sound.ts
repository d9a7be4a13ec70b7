import { Store, useStore } from './store.js';

/** `off` until somebody has touched the page: no browser lets a page sound before. */
export type SoundState = 'on' | 'off' | 'none';

const state = new Store<SoundState>(typeof AudioContext === 'undefined' ? 'none' : 'off');
let context: AudioContext | undefined;
let lock: WakeLockSentinel | undefined;
let wantsAwake = false;

export const useSound = (): SoundState => useStore(state);

/** Called by the button « Activer le son », and by the first touch of the page. */
export async function enableSound(): Promise<void> {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  context.onstatechange = tell;
  await context.resume().catch(() => {});
  tell();
}

/** Once the event is over: a button that went away while it was being pressed would not hear of it. */
function tell(): void {
  setTimeout(() => state.set(context?.state === 'running' ? 'on' : 'off'));
}

/** Two notes, twice, and the device shakes where it can: once for each announcement. */
export function announce(): void {
  // A browser that nobody has touched yet refuses, and says so in its console.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.([300, 120, 300]);
  if (context?.state !== 'running') return;
  for (const [i, hertz] of [784, 587, 784, 587].entries()) tone(context, hertz, context.currentTime + i * 0.22);
}

function tone(audio: AudioContext, hertz: number, at: number): void {
  const oscillator = audio.createOscillator();
  const gain = audio.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, at);
  gain.gain.linearRampToValueAtTime(0.3, at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.001, at + 0.2);
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start(at);
  oscillator.stop(at + 0.21);
}

/** Keeps the screen awake while an activation runs; only over https, and only while the page is in front. */
export function keepAwake(wanted: boolean): void {
  wantsAwake = wanted;
  void holdLock();
}

async function holdLock(): Promise<void> {
  if (!('wakeLock' in navigator)) return;
  if (!wantsAwake) {
    await lock?.release();
    lock = undefined;
  } else if (document.visibilityState === 'visible' && (!lock || lock.released)) {
    lock = await navigator.wakeLock.request('screen').catch(() => undefined);
  }
}

/** Begins to wait for the first touch: called once by the page. */
export function startSound(): void {
  // Once the gesture is over: a header that changes under a finger would make it miss what it touches. On the way down to
  // what is touched, since buttons stop a click there; and until it sounds, since not every gesture is a permission.
  const gestures = ['click', 'keyup'] as const;
  const done = () => {
    if (context?.state === 'running') for (const gesture of gestures) window.removeEventListener(gesture, touched, { capture: true });
  };
  const touched = () => void enableSound().then(done);
  for (const gesture of gestures) window.addEventListener(gesture, touched, { capture: true });
  document.addEventListener('visibilitychange', () => void holdLock());
}

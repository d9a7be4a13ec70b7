import { fr } from '../../contract/french-typography.js';

/**
 * Once, before the first render. React Aria adds a <style> to the head unless an element with this id is there already;
 * our Content-Security-Policy would refuse it, and `base.css` holds its rule.
 */
export function prepareDocument(): void {
  if (document.getElementById('react-aria-pressable-style')) return;
  const mark = document.createElement('meta');
  mark.id = 'react-aria-pressable-style';
  mark.name = 'touch-action';
  document.head.append(mark);
}

export type Theme = 'auto' | 'light' | 'dark';

export function setTheme(theme: Theme): void {
  document.documentElement.dataset.theme = theme;
}

/** The canvas of the wall: everything grows with the window, so that 1920 by 1080 is one rem of 16 px. */
export function setWallCanvas(on: boolean): void {
  if (on) document.documentElement.dataset.view = 'mur';
  else delete document.documentElement.dataset.view;
}

const PREFIX = 'EXERCICE · ';
const DEMONSTRATION = 'DÉMONSTRATION · ';

/** Of the page as it was last named, without its marks. */
let named: { exercise: boolean; title: string } | undefined;
let demonstration = false;

/**
 * The lane reaches what surrounds the page: the ground colour, the title and the favicon. Call it again whenever the
 * title changes. Favicons are files of `public/`: `favicon.svg` and `favicon-exercice.svg`.
 */
export function setLaneChrome(lane: 'real' | 'exercise' | 'test' | undefined, title: string): void {
  const exercise = lane === 'exercise' || lane === 'test';
  if (exercise) document.documentElement.dataset.lane = 'exercice';
  else delete document.documentElement.dataset.lane;
  named = { exercise, title };
  entitle();
  let icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  if (!icon) {
    icon = document.createElement('link');
    icon.rel = 'icon';
    icon.type = 'image/svg+xml';
    document.head.append(icon);
  }
  const href = exercise ? '/favicon-exercice.svg' : '/favicon.svg';
  if (icon.getAttribute('href') !== href) icon.setAttribute('href', href);
}

/** In a demonstration every page says so in its title, whatever it shows; and leaves room for the band at its top. */
export function setDemonstrationChrome(is: boolean): void {
  demonstration = is;
  if (is) document.documentElement.dataset.demonstration = '';
  else delete document.documentElement.dataset.demonstration;
  entitle();
}

function entitle(): void {
  if (named) document.title = fr(`${demonstration ? DEMONSTRATION : ''}${named.exercise ? PREFIX : ''}${named.title} · temps-zero`);
}

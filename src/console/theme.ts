import { Store, useStore } from './store.js';
import { setTheme, type Theme } from './ui/document.js';

const NAME = 'temps-zero theme';
const theme = new Store<Theme>('auto');

/** Light, dark, or as the device says. Kept on this device: the night room and the day room differ. */
export const useTheme = (): Theme => useStore(theme);

export function chooseTheme(chosen: Theme): void {
  theme.set(chosen);
  setTheme(chosen);
  localStorage.setItem(NAME, chosen);
}

export function restoreTheme(): void {
  const kept = localStorage.getItem(NAME);
  if (kept === 'light' || kept === 'dark') chooseTheme(kept);
}

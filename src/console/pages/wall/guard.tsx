import { Component, type ReactNode } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { Icon } from '../../ui/icons.js';

const RELOAD_MS = 10_000;

/** A fault of ours must not leave a blank television: it says so, and loads itself again. */
export class Guard extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };
  #timer: ReturnType<typeof setTimeout> | undefined;

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(): void {
    this.#timer = setTimeout(() => location.reload(), RELOAD_MS);
  }

  override componentWillUnmount(): void {
    clearTimeout(this.#timer);
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="wall wall-words">
        <Icon shape="lost" size={96} />
        <h1>{fr("Une erreur de notre fait empêche l'affichage.")}</h1>
        <p>{fr('Cet écran se recharge dans quelques secondes.')}</p>
      </main>
    );
  }
}

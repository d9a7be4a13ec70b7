import { Suspense, useEffect, useState, type ReactNode } from 'react';
import { useLocation } from 'wouter';
import { fr } from '../contract/french-typography.js';
import { refreshMe, useMe } from './api.js';
import { useDemonstration } from './demonstration.js';
import { DemonstrationBand } from './parts/chrome.js';
import { Routes } from './routes.js';
import { Button } from './ui/button.js';
import { Navigation } from './ui/navigation.js';
import { Notice, ToastRegion } from './ui/notice.js';

/** Everything on the screen: who is signed in is asked first, since every page depends on it. */
export function App() {
  const [, navigate] = useLocation();
  return (
    <Navigation navigate={navigate}>
      <ToastRegion>
        <Suspense fallback={<Waiting />}>
          <Marked><WhenKnown /></Marked>
        </Suspense>
      </ToastRegion>
    </Navigation>
  );
}

/** In a demonstration no page is without its mark, not even the one on which nobody is signed in. */
function Marked({ children }: { children: ReactNode }) {
  return <>{useDemonstration() && <DemonstrationBand />}{children}</>;
}

function WhenKnown() {
  const me = useMe();
  const [silent, setSilent] = useState(false);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (me !== undefined) return undefined;
    refreshMe().catch(() => setSilent(true));
    const timer = setTimeout(() => setAttempt((n) => n + 1), 5_000);
    return () => clearTimeout(timer);
  }, [me, attempt]);
  // Other eyes never see what the ones before had on their screen.
  if (me !== undefined) return <Routes key={me ? `${me.account} ${me.rights.join()}` : ''} me={me} />;
  return silent ? <Silent onRetry={() => setAttempt(attempt + 1)} /> : <Waiting />;
}

function Silent({ onRetry }: { onRetry: () => void }) {
  return (
    <main className="alone">
      <h1>temps-zero</h1>
      <Notice
        kind="error" title={fr('Le serveur ne répond pas.')}
        actions={<Button onPress={onRetry}>Réessayer maintenant</Button>}
      >
        {fr("Les ordres donnés sur cet appareil sont gardés. Cette page réessaie toutes les 5 s. En attendant, servez-vous du plan papier.")}
      </Notice>
    </main>
  );
}

/** A moment of waiting is not announced: most last less than a second. */
export function Waiting() {
  return <main className="alone" aria-busy="true"><p className="dim">Chargement…</p></main>;
}

import { lazy, useEffect } from 'react';
import { Redirect, Route, Switch, useLocation, useSearch } from 'wouter';
import { fr } from '../contract/french-typography.js';
import type { Me } from '../contract/live.js';
import { setLaneChrome } from './ui/document.js';
import { LinkButton } from './ui/button.js';

const SignIn = lazy(async () => ({ default: (await import('./pages/sign-in.js')).SignIn }));
const SecondFactor = lazy(async () => ({ default: (await import('./pages/second-factor.js')).SecondFactor }));
const FirstAdmin = lazy(async () => ({ default: (await import('./pages/first-admin.js')).FirstAdmin }));
const Invitation = lazy(async () => ({ default: (await import('./pages/invitation.js')).Invitation }));
const Opening = lazy(async () => ({ default: (await import('./pages/opening.js')).Opening }));
const Hour = lazy(async () => ({ default: (await import('./pages/hour.js')).Hour }));
const Officials = lazy(async () => ({ default: (await import('./pages/officials.js')).Officials }));
const OnCall = lazy(async () => ({ default: (await import('./pages/on-call.js')).OnCall }));
const Duty = lazy(async () => ({ default: (await import('./pages/duty.js')).Duty }));
const TrainingPage = lazy(async () => ({ default: (await import('./pages/training.js')).TrainingPage }));
const Review = lazy(async () => ({ default: (await import('./pages/review.js')).Review }));
const Replay = lazy(async () => ({ default: (await import('./pages/replay.js')).Replay }));
const PerimetersPage = lazy(async () => ({ default: (await import('./pages/perimeters.js')).PerimetersPage }));
const DirectoryPage = lazy(async () => ({ default: (await import('./pages/directory.js')).DirectoryPage }));
const Accounts = lazy(async () => ({ default: (await import('./pages/accounts.js')).Accounts }));
const Wall = lazy(async () => ({ default: (await import('./pages/wall.js')).Wall }));
const Settings = lazy(async () => ({ default: (await import('./pages/settings.js')).Settings }));

/** Which page stands at which address, and what must come before it. */
export function Routes({ me }: { me: Me | null }) {
  return (
    <Switch>
      <Route path="/premier-administrateur"><FirstAdmin /></Route>
      <Route path="/invitation"><Invitation /></Route>
      <Route path="/recuperation"><Invitation /></Route>
      <Route path="/mur"><Wall /></Route>
      <Route path="/connexion"><SignIn /></Route>
      <Route>{me ? <SignedIn me={me} /> : <ToSignIn />}</Route>
    </Switch>
  );
}

function SignedIn({ me }: { me: Me }) {
  if (me.secondFactor === 'asked' || me.secondFactor === 'to-set-up') return <SecondFactor />;
  return (
    <Switch>
      <Route path="/"><Opening /></Route>
      <Route path="/activations/:id">{({ id }) => <Hour id={id} key={id} />}</Route>
      <Route path="/activations/:id/elus">{({ id }) => <Officials id={id} key={id} />}</Route>
      <Route path="/activations/:id/gestes">{({ id }) => <OnCall id={id} key={id} />}</Route>
      <Route path="/activations/:id/revue">{({ id }) => <Review id={id} key={id} />}</Route>
      <Route path="/activations/:id/revue/reprise">{({ id }) => <Replay id={id} key={id} />}</Route>
      <Route path="/astreinte"><Duty /></Route>
      <Route path="/formation"><TrainingPage /></Route>
      <Route path="/perimetres"><PerimetersPage /></Route>
      <Route path="/annuaire/imports"><Redirect to="/annuaire?vue=imports" replace /></Route>
      <Route path="/annuaire"><DirectoryPage /></Route>
      <Route path="/comptes"><Accounts /></Route>
      <Route path="/reglages"><Settings /></Route>
      <Route><Nowhere /></Route>
    </Switch>
  );
}

/** After signing in, one comes back to where one was going. */
function ToSignIn() {
  const [path] = useLocation();
  const search = useSearch();
  const back = `${path}${search ? `?${search}` : ''}`;
  return <Redirect to={back === '/' ? '/connexion' : `/connexion?retour=${encodeURIComponent(back)}`} replace />;
}

function Nowhere() {
  useEffect(() => setLaneChrome(undefined, 'Page introuvable'), []);
  return (
    <main className="alone">
      <h1>Cette page n’existe pas</h1>
      <p>{fr('Les activations sont sur la page d’ouverture.')}</p>
      <LinkButton href="/" kind="primary">Voir les activations</LinkButton>
    </main>
  );
}

import { useEffect } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { usePending } from '../actions.js';
import { useMe } from '../api.js';
import type { Board } from '../board.js';
import { ClockLine } from '../frame/clock-line.js';
import { Frame } from '../frame/frame.js';
import { PageLink } from '../frame/page-link.js';
import { useHouse } from '../house.js';
import { useActivation, useNow } from '../live.js';
import { PhoneTabs } from '../parts/chrome.js';
import { callsInOf } from '../../domain/views/call-in.js';
import { keepAwake } from '../sound.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { AnswerCallIn } from './call-in/answer-call-in.js';
import { CallInPanel } from './call-in/call-in-panel.js';
import { bandOf } from './hour/naming.js';
import { ChargeSlab } from './on-call/charge-slab.js';
import { gestures, RECALL, REFLEX } from './on-call/gestures.js';
import { NextThings } from './on-call/next-things.js';
import { PhoneClock } from './on-call/phone-clock.js';
import { QuickNote } from './on-call/quick-note.js';
import { RecallSlab } from './on-call/recall-slab.js';
import { ReflexSlab } from './on-call/reflex-slab.js';
import { Warned } from './on-call/warned.js';
import './pieces.css';
import './on-call.css';

/** The on-call agent's page: one hand, in the dark, alone at first. */
export function OnCall({ id }: { id: string }) {
  const me = useMe();
  const following = useActivation(id);
  useEffect(() => {
    keepAwake(true);
    return () => keepAwake(false);
  }, []);
  if (!me) return null;
  if (following.state === 'shown') return <Shown board={following.board} me={me} />;
  return (
    <Frame title="Astreinte" activation={id}>
      <main className="page page-narrow">
        {following.state === 'loading'
          ? <p className="dim" aria-busy="true">Chargement…</p>
          : <Notice kind="watch" title={fr("Cette activation n'existe pas ici, ou n'est pas pour vos yeux.")} actions={<LinkButton href="/">Voir les activations</LinkButton>} />}
      </main>
    </Frame>
  );
}

function Shown({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const title = board.text(activation.title) ?? (activation.kind === 'cod' ? 'COD activé' : 'Événement important');
  const here = `/activations/${activation.id}`;
  return (
    <Frame title={title} lane={activation.lane} activation={activation.id} band={bandOf(board)}>
      <main className="on-call">
        <div className="on-call-clock"><PhoneClock board={board} me={me} /></div>
        <ClockLine board={board} />
        <div className="on-call-body">
          <AnswerCallIn board={board} me={me} />
          {activation.life === 'running' ? <Three board={board} me={me} /> : <Notice announce={false} title={fr("L'activation ne court plus : les gestes de l'heure sont clos.")} actions={<LinkButton href={here}>Voir l’heure et ses preuves</LinkButton>} />}
          <CallInPanel board={board} me={me} isAnswered />
          <NextThings board={board} me={me} />
          <Warned />
        </div>
        <QuickNote activation={activation} me={me} />
      </main>
      <PhoneTabs
        Link={PageLink}
        items={[
          { href: `${here}/gestes`, label: 'Gestes', isCurrent: true },
          { href: `${here}?vue=heure`, label: fr("L'heure") },
          { href: `${here}?vue=journal`, label: 'Journal' },
        ]}
      />
    </Frame>
  );
}

/** Three gestures, each with its state; the one that comes next is filled. Renders each second, with the clock. */
function Three({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const now = useNow(activation);
  const template = useHouse()?.reflex.text;
  const { orders } = usePending();
  const kept = (step?: string) => orders.some((order) => order.activation === activation.id && order.refused === undefined
    && (step === undefined ? order.name === 'take-function' : order.name === 'complete-step' && order.body['step'] === step));
  const { charge, reflex, recall, next } = gestures(activation, me, now);
  // Without a T0 the first thing is to declare it, and whoever is called in answers first: there is one solid button.
  const isCalledIn = callsInOf(activation, me.account).some(({ mine }) => mine.answer === undefined);
  const solid = Object.keys(activation.clocks).length > 0 && !isCalledIn ? next : undefined;
  return (
    <>
      <ChargeSlab activation={activation} charge={charge} isNext={solid === 'charge'} isKept={kept()} />
      {reflex && <ReflexSlab board={board} gesture={reflex} now={now} template={template} isNext={solid === 'reflex'} isKept={kept(REFLEX)} />}
      {recall && <RecallSlab board={board} gesture={recall} now={now} isNext={solid === 'recall'} isKept={kept(RECALL)} />}
    </>
  );
}

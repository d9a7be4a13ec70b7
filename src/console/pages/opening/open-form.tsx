import { useRef, useState } from 'react';
import { useLocation } from 'wouter';
import type { OpenOrder } from '../../../contract/commands.js';
import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ActivationLine, Problem } from '../../../contract/live.js';
import { mayIssue, type Right } from '../../../domain/rights.js';
import { openActivation, usePending } from '../../actions.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Confirm, Dialog } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { noInstant } from '../local-instant.js';
import { JoinDialog } from './join-dialog.js';
import { nameOf, running } from './lines.js';
import { prepare, t0Words, type OpeningForm } from './opening-order.js';
import { T0Choice } from './t0-choice.js';

interface Props {
  rights: readonly Right[];
  zone: string;
  lines: readonly ActivationLine[];
  /** Where an activation is worked on this device. */
  home: (id: string) => string;
}

type Asking =
  | { about: 'join'; order: OpenOrder }
  | { about: 'old'; order: OpenOrder; sentence: string }
  | { about: 'different-t0'; problem: Problem };

type What = Pick<OpenOrder, 'lane' | 'kind'>;

/** One gesture opens; everything else can come later. */
export function OpenForm({ rights, zone, lines, home }: Props) {
  // Joining one of these is offered before another is opened.
  const real = running(lines).filter((line) => line.lane === 'real');
  const [form, setForm] = useState<OpeningForm>({ way: 'now', past: noInstant, synergi: '' });
  const [fault, setFault] = useState<{ field: 'past' | 'synergi' | 'order'; sentence: string }>();
  const [asking, setAsking] = useState<Asking>();
  const [pressed, setPressed] = useState<string>();
  const busy = useRef(false);
  const [, navigate] = useLocation();
  const waits = usePending().orders.some((order) => order.activation === null && order.refused === undefined);
  const mayReal = mayIssue(rights, 'open', 'real');
  const mayExercise = mayIssue(rights, 'open', 'exercise');

  const press = (what: What) => {
    setFault(undefined);
    const prepared = prepare(form, what, serverClock.wall(), zone);
    if ('fault' in prepared) return setFault(prepared.fault);
    if ('old' in prepared) return setAsking({ about: 'old', order: prepared.old, sentence: prepared.sentence });
    if (what.lane === 'real' && real.length > 0) return setAsking({ about: 'join', order: prepared.ready });
    void open(prepared.ready);
  };

  /** A second press while the first has not been answered does nothing: one order, one key. */
  const open = async (order: OpenOrder) => {
    if (busy.current) return;
    busy.current = true;
    setPressed(`${order.lane} ${order.kind}`);
    try {
      const sent = await openActivation(order);
      setAsking(undefined);
      if (sent.outcome === 'accepted') navigate(home(sent.accepted.activation));
      if (sent.outcome === 'refused') refused(sent.problem, sent.sentence, order);
    } finally {
      busy.current = false;
      setPressed(undefined);
    }
  };

  const refused = (problem: Problem, sentence: string, order: OpenOrder) => {
    if (problem.refused === 'different-t0') return setAsking({ about: 'different-t0', problem });
    if (problem.refused === 't0-old') return setAsking({ about: 'old', order: { ...order, confirmOld: true }, sentence });
    const field = problem.refused === 't0-ahead' ? (form.way === 'past' ? 'past' : 'order') : problem.refused === 'synergi-number-taken' ? 'synergi' : 'order';
    setFault({ field, sentence });
  };

  if (!mayReal && !mayExercise) {
    return <Notice announce={false} title={fr("Vos droits ne permettent pas d'ouvrir une activation.")}>{fr("Vous pouvez suivre celles qui courent. Pour ouvrir, appelez la personne d'astreinte.")}</Notice>;
  }
  const button = (what: What, words: string, kind: 'primary' | 'secondary') => (
    <Button
      kind={kind} size="large" wide isPending={pressed === `${what.lane} ${what.kind}`} isDisabled={waits || (pressed !== undefined && pressed !== `${what.lane} ${what.kind}`)}
      onPress={() => press(what)}
    >
      <span className="open-words">{words}</span>
      <span className="open-t0">{what.lane === 'real' && t0Words(form, serverClock.wall(), zone)}</span>
    </Button>
  );
  const error = (field: 'past' | 'synergi') => (fault?.field === field ? fault.sentence : undefined);
  return (
    <section className="open" aria-labelledby="open-title">
      <h2 id="open-title">Ouvrir</h2>
      {waits && <Notice kind="watch" title={fr('Ouverture pas encore enregistrée')}>{fr("Elle attend sur cet appareil, avec son heure, et partira une fois dès que le serveur répond.")}</Notice>}
      {fault?.field === 'order' && <Notice kind="error" title={fault.sentence} />}
      {mayReal && (
        <div className="open-real">
          {button({ lane: 'real', kind: 'cod' }, fr('COD activé'), real.length === 0 ? 'primary' : 'secondary')}
          {button({ lane: 'real', kind: 'important' }, fr('Événement important'), 'secondary')}
        </div>
      )}
      <T0Choice form={form} onChange={setForm} zone={zone} pastError={error('past')} synergiError={error('synergi')} />
      {mayExercise && (
        <div className="open-exercise" role="group" aria-labelledby="exercise-title">
          <h3 id="exercise-title">Exercice</h3>
          <p>{fr("Rien ne sort d'ici : tous les canaux sont simulés. Le reste se passe comme en réel.")}</p>
          <div className="open-pair">
            {button({ lane: 'exercise', kind: 'cod' }, fr('Exercice : COD'), 'secondary')}
            {button({ lane: 'exercise', kind: 'important' }, fr('Exercice : événement important'), 'secondary')}
          </div>
        </div>
      )}
      {asking?.about === 'join' && (
        <JoinDialog
          order={asking.order} real={real} home={home} isPending={pressed !== undefined}
          onClose={() => setAsking(undefined)} onOpenAnother={() => void open(asking.order)}
        />
      )}
      <Confirm
        isOpen={asking?.about === 'old'} onClose={() => setAsking(undefined)} title={fr('Ce T0 a plus de 24 heures')}
        action={asking?.about === 'old' && asking.order.t0 ? fr(`Ouvrir avec le T0 du ${dayTime(asking.order.t0, zone)}`) : 'Ouvrir'}
        onConfirm={async () => { if (asking?.about === 'old') await open(asking.order); }}
      >
        <p>{asking?.about === 'old' && asking.sentence}</p>
        <p>{fr("L'heure de soixante minutes sera déjà écoulée : tout ce qui n'est pas fait paraîtra dépassé.")}</p>
      </Confirm>
      {asking?.about === 'different-t0' && <OtherT0 problem={asking.problem} zone={zone} home={home} onClose={() => setAsking(undefined)} lines={lines} />}
    </section>
  );
}

/** The same number with another T0: never a second activation, a correction with its reason. */
function OtherT0({ problem, zone, home, onClose, lines }: { problem: Problem; zone: string; home: (id: string) => string; onClose: () => void; lines: readonly ActivationLine[] }) {
  const [, navigate] = useLocation();
  const details = problem.details as { activation: string; clock: string; t0: string; declared: string };
  const line = lines.find((one) => one.id === details.activation);
  const go = (href: string) => {
    onClose();
    navigate(href);
  };
  return (
    <Dialog
      isOpen onClose={onClose} title={fr('Ce numéro est déjà enregistré, avec un autre T0')}
      actions={
        <>
          <Button onPress={() => go(home(details.activation))}>Rejoindre sans corriger</Button>
          <Button kind="primary" onPress={() => go(`/activations/${details.activation}?corriger=${details.clock}&t0=${encodeURIComponent(details.declared)}`)}>Corriger le T0</Button>
        </>
      }
    >
      {line && <p><b>{nameOf(line)}</b></p>}
      <dl className="facts">
        <div><dt>T0 enregistré</dt><dd>{dayTime(details.t0, zone)}</dd></div>
        <div><dt>T0 que vous donnez</dt><dd>{dayTime(details.declared, zone)}</dd></div>
      </dl>
      <p>{fr("Rien n'a été ouvert une seconde fois. Si le T0 enregistré est faux, corrigez-le avec un motif : toutes les échéances suivront, et les deux versions seront gardées.")}</p>
    </Dialog>
  );
}

import { useState } from 'react';
import { eventNames } from '../../../contract/event-names.js';
import { failureWords } from '../../../contract/failure-words.js';
import { age, dayTime, timeNear } from '../../../contract/french-times.js';
import { capital, count, fr, listed } from '../../../contract/french-typography.js';
import type { WebhookLine, WebhookProgress, WebhookTested } from '../../../contract/webhooks.js';
import type { Ms } from '../../../domain/time.js';
import { post } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Disclosure } from '../../ui/dialog.js';
import { Notice } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { Table } from '../../ui/table.js';
import { useAccess } from '../access/use-access.js';

/** What a card asks of the list; the others are done here, and it reads itself again. */
export type WebhookAct = 'change' | 'renew-secret' | 'remove' | 'done';

/** More events than these are counted, not named. */
const NAMED = 4;

/** One integration: is it told, since when not, and why. */
export function WebhookCard({ line, zone, onAct }: { line: WebhookLine; zone: string; onAct: (act: WebhookAct) => void }) {
  const [tested, setTested] = useState<WebhookTested>();
  const { attempt, pending, fault } = useAccess();
  const send = (path: string) => attempt(async () => {
    await post(`/api/webhooks/${line.id}/${path}`, {});
    onAct('done');
  });
  const test = () => attempt(async () => {
    setTested(undefined);
    // A receiver has fifteen seconds to answer, and the beat another one.
    setTested(await post<WebhookTested>(`/api/webhooks/${line.id}/test`, {}, { timeoutMs: 20_000 }));
  });
  const title = `webhook-${line.id}`;
  return (
    <article className="panel stack webhook" aria-labelledby={title}>
      <div className="spread">
        <h3 id={title}>{line.name}</h3>
        <WebhookState line={line} />
      </div>
      <p className="webhook-url">{line.url}</p>
      {line.stopped === 'gone' && <Notice kind="error" announce={false} title={fr("Arrêtée : le destinataire dit qu'il n'existe plus (410).")}>{fr("Donnez sa nouvelle adresse par « Modifier », puis « Reprendre » : rien n'est perdu.")}</Notice>}
      {line.stopped === 'failing' && <Notice kind="error" announce={false} title={fr('Arrêtée : trois jours sans une seule réussite.')}>{fr("Voyez l'échec ci-dessous avec qui tient le destinataire, puis « Reprendre » : ce qui l'attend lui sera envoyé.")}</Notice>}
      <Facts line={line} zone={zone} />
      {line.activations.length > 0 && <Disclosure level={4} title="Par activation" detail={String(line.activations.length)}><Progress lines={line.activations} zone={zone} /></Disclosure>}
      {tested && (tested.delivered
        ? <Notice kind="ok" title={fr(`Essai reçu en ${(tested.tookMs / 1_000).toLocaleString('fr', { maximumFractionDigits: 1 })} s.`)} />
        : <Notice kind="error" title={fr(`Essai sans succès : ${failureWords(tested.failure ?? '')}.`)} />)}
      {fault && <Notice kind="error" title={fault} />}
      <div className="row">
        <Button size="small" isPending={pending} onPress={() => void test()}>Envoyer un essai</Button>
        <Button size="small" onPress={() => onAct('change')} aria-label={fr(`Modifier ${line.name}`)}>Modifier</Button>
        <Button size="small" onPress={() => onAct('renew-secret')} aria-label={fr(`Renouveler le secret de ${line.name}`)}>Renouveler le secret</Button>
        {line.stopped
          ? <Button size="small" onPress={() => void send('resume')} aria-label={fr(`Reprendre ${line.name}`)}>Reprendre</Button>
          : <Button size="small" onPress={() => void send('suspend')} aria-label={fr(`Suspendre ${line.name}`)}>Suspendre</Button>}
        <Button size="small" kind="danger-outline" onPress={() => onAct('remove')} aria-label={fr(`Retirer ${line.name}`)}>Retirer</Button>
      </div>
    </article>
  );
}

function WebhookState({ line }: { line: WebhookLine }) {
  if (line.stopped === 'by-hand') return <Badge>Suspendue</Badge>;
  if (line.stopped) return <Badge tone="over">Arrêtée</Badge>;
  return line.activations.some(({ failures }) => failures > 0) ? <Badge tone="watch">En échec, réessaie</Badge> : <Badge tone="ok">Active</Badge>;
}

function Facts({ line, zone }: { line: WebhookLine; zone: string }) {
  const { events, activations, previousUntil } = line;
  const asked = events === null ? 'tous' : events.length <= NAMED ? capital(listed(events.map((type) => eventNames[type]))) : count(events.length, 'type');
  const success = latest(activations.map(({ deliveredAt }) => deliveredAt));
  const failed = activations.filter(({ failedAt }) => failedAt !== null).sort((x, y) => y.failedAt! - x.failedAt!)[0];
  const waits = activations.flatMap(({ waitingSince }) => waitingSince ?? []);
  const waiting = waits.length === 0 ? 'rien' : `depuis ${age(Math.max(0, serverClock.wall() - Math.min(...waits)))}`;
  return (
    <dl className="facts webhook-facts">
      <div><dt>Événements</dt><dd>{fr(asked)}</dd></div>
      <div><dt>En attente</dt><dd>{fr(waiting)}</dd></div>
      <div><dt>Dernière réussite</dt><dd>{success === undefined ? 'aucune encore' : dayTime(success, zone)}</dd></div>
      <div><dt>Dernier échec</dt><dd>{failed ? fr(`${dayTime(failed.failedAt!, zone)} : ${failureWords(failed.failure ?? '')}`) : 'aucun'}</dd></div>
      {previousUntil !== null && <div><dt>Ancien secret</dt><dd>{fr(`signe encore jusqu'au ${dayTime(previousUntil, zone)}`)}</dd></div>}
      <div><dt>{fr('Repère au journal')}</dt><dd>{line.id.slice(0, 8)}</dd></div>
    </dl>
  );
}

function Progress({ lines, zone }: { lines: readonly WebhookProgress[]; zone: string }) {
  return (
    <Table
      caption="Livraisons par activation" hideCaption rows={lines} rowKey={(one) => one.activation}
      columns={[
        { id: 'which', title: 'Activation', cell: (one) => one.activation.slice(0, 8) },
        { id: 'delivered', title: 'Livrées', num: true, cell: (one) => one.delivered },
        { id: 'state', title: 'État', names: true, cell: (one) => fr(`nº ${one.seq} sur ${one.head}, ${stateWords(one, zone)}`) },
      ]}
    />
  );
}

function stateWords({ failures, failure, notBefore, waitingSince }: WebhookProgress, zone: string): string {
  if (failures > 0) return `${count(failures, 'échec')} : ${failureWords(failure ?? '')} ; nouvel essai à ${timeNear(notBefore, serverClock.wall(), zone)}`;
  return waitingSince === null ? 'à jour' : `en attente depuis ${age(Math.max(0, serverClock.wall() - waitingSince))}`;
}

function latest(instants: readonly (Ms | null)[]): Ms | undefined {
  const known = instants.filter((at) => at !== null);
  return known.length > 0 ? Math.max(...known) : undefined;
}

import { useState } from 'react';
import { age, dayTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { ScreenLine, ScreenOpening } from '../../../contract/people.js';
import { MINUTE } from '../../../domain/time.js';
import { post, sentenceOf } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { Table } from '../../ui/table.js';
import { HandOver } from '../accounts/hand-over.js';
import { useListing } from '../accounts/use-listing.js';
import { screenRefusalWords } from './administration-words.js';
import { NewScreen } from './new-screen.js';

type Act = 'renew' | 'revoke';

/** The televisions that show the hour: each with its address, used once, and what happened to it. */
export function ScreenList({ zone }: { zone: string }) {
  const { lines, fault, reload } = useListing<ScreenLine>('/api/screens');
  const [creating, setCreating] = useState(false);
  const [opened, setOpened] = useState<ScreenOpening>();
  const [asked, setAsked] = useState<{ act: Act; line: ScreenLine }>();
  const [refused, setRefused] = useState<string>();
  const say = useToasts();
  const act = async () => {
    const { act: what, line } = asked!;
    setRefused(undefined);
    try {
      const answer = await post<ScreenOpening | undefined>(`/api/screens/${line.id}/${what}`, {});
      if (answer) setOpened(answer);
      else say(fr('Écran révoqué.'));
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    reload();
  };
  const inUse = lines?.filter(({ state }) => state !== 'revoked').length;
  return (
    <section className="stack" aria-labelledby="screens-title">
      <div className="spread">
        <h2 id="screens-title">{inUse === undefined ? 'Écrans de mur' : count(inUse, 'écran de mur', 'écrans de mur')}</h2>
        <div className="row">
          <LinkButton href="/mur" target="_blank">Voir le mur ici</LinkButton>
          <Button kind="primary" onPress={() => setCreating(true)}>Ajouter un écran</Button>
        </div>
      </div>
      <p>{fr("Un écran de mur n'est à personne : il suit seul l'activation en cours, ne donne aucun ordre, et ne montre ni les notes ni ce que la direction réserve. Son adresse sert une fois, au premier chargement.")}</p>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {lines?.filter(isAlarming).map((line) => (
        <Notice key={line.id} kind="watch" title={fr(`L'adresse de l'écran « ${line.name} » a été ouverte ailleurs, après avoir servi : refusée le ${dayTime(line.refused!.at, zone)}.`)} announce={false}>
          {fr("Quelqu'un d'autre l'a eue sous les yeux. Si l'écran ne montre pas le mur, l'adresse a servi ailleurs avant lui : donnez-lui une nouvelle adresse, l'autre appareil s'éteindra.")}
        </Notice>
      ))}
      <Table
        caption="Écrans de mur" hideCaption rows={lines ?? []} rowKey={(line) => line.id}
        empty={lines && fr("Aucun écran. Ajoutez celui de la salle, puis ouvrez sur lui l'adresse qui vous sera montrée.")}
        columns={[
          { id: 'name', title: 'Écran', names: true, cell: (line) => line.name },
          { id: 'state', title: 'État', cell: (line) => <ScreenState line={line} /> },
          { id: 'seen', title: 'Vu', cell: (line) => <span className="nowrap">{seenWords(line, zone)}</span> },
          { id: 'refused', title: 'Adresse refusée', cell: (line) => (line.refused ? fr(`le ${dayTime(line.refused.at, zone)} : ${screenRefusalWords[line.refused.why]}`) : 'jamais') },
          {
            id: 'act', title: <span className="hidden">Actions</span>,
            cell: (line) => line.state !== 'revoked' && (
              <div className="row">
                <Button size="small" aria-label={fr(`Nouvelle adresse pour ${line.name}`)} onPress={() => setAsked({ act: 'renew', line })}>Nouvelle adresse</Button>
                <Button size="small" kind="danger-outline" aria-label={fr(`Révoquer ${line.name}`)} onPress={() => setAsked({ act: 'revoke', line })}>Révoquer</Button>
              </div>
            ),
          },
        ]}
      />
      {creating && <NewScreen onClose={() => setCreating(false)} onAdded={(one) => { setCreating(false); reload(); setOpened(one); }} />}
      {opened && (
        <HandOver title={fr(`Adresse de l'écran « ${opened.screen.name} »`)} secret={opened.address} label={fr("À ouvrir sur l'écran")} qr={opened.qr} onClose={() => { setOpened(undefined); reload(); }}>
          {fr("Elle n'est montrée qu'une fois et ne sert qu'une fois : ouvrez-la sur l'écran lui-même, pas ici. Comme page de démarrage de l'écran, mettez la même adresse sans ce qui suit le #.")}
        </HandOver>
      )}
      <Confirm
        isOpen={asked?.act === 'renew'} onClose={() => setAsked(undefined)} title={fr(`Une nouvelle adresse pour « ${asked?.line.name ?? ''} » ?`)} action="Donner une nouvelle adresse" onConfirm={act}
      >
        <p>{fr("L'ancienne ne servira plus. Si l'écran montre le mur en ce moment, il s'éteint jusqu'à ce que la nouvelle y soit ouverte.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
      <Confirm
        isOpen={asked?.act === 'revoke'} onClose={() => setAsked(undefined)} danger title={fr(`Révoquer l'écran « ${asked?.line.name ?? ''} » ?`)} action="Révoquer cet écran" onConfirm={act}
      >
        <p>{fr("Il s'éteint aussitôt, et pour de bon : pour le remettre, il faudra l'ajouter de nouveau.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </section>
  );
}

/** Somebody else had the address. The screen that opens its own again, or one that has died, harms nobody. */
const isAlarming = ({ refused, state }: ScreenLine) => refused?.why === 'elsewhere' && state !== 'revoked';

function ScreenState({ line }: { line: ScreenLine }) {
  if (line.state === 'revoked') return <Badge>Révoqué</Badge>;
  return line.state === 'waiting' ? <Badge tone="watch">En attente de son premier chargement</Badge> : <Badge tone="ok">En service</Badge>;
}

function seenWords({ seenAt, state }: ScreenLine, zone: string): string {
  if (seenAt === null) return 'pas encore';
  const since = serverClock.wall() - seenAt;
  if (state === 'in-service' && since < MINUTE) return fr("à l'instant");
  return fr(since < 60 * MINUTE ? `il y a ${age(since)}` : `le ${dayTime(seenAt, zone)}`);
}

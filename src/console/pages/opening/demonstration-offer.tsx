import { useState } from 'react';
import { fr } from '../../../contract/french-typography.js';
import type { DemonstrationLaunched } from '../../../contract/demonstration.js';
import type { Me } from '../../../contract/live.js';
import { LAUNCHES_DEMONSTRATION } from '../../../domain/rights.js';
import { post } from '../../api.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import { useAccess } from '../access/use-access.js';

/** It listens on the machine of the server alone: from elsewhere no browser reaches it. */
const ON_THE_MACHINE = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(location.hostname);
/** It makes twelve accounts and their second factors first. */
const STARTS_WITHIN_MS = 125_000;

/** For whoever has never seen an hour: it plays beside this console, and touches nothing of it. */
export function DemonstrationOffer({ me }: { me: Me }) {
  const [address, setAddress] = useState<string>();
  const { attempt, pending, fault } = useAccess();
  if (me.house.demonstration || !LAUNCHES_DEMONSTRATION.some((right) => me.rights.includes(right))) return null;
  const launch = () => attempt(async () => setAddress((await post<DemonstrationLaunched>('/api/demonstration', {}, { timeoutMs: STARTS_WITHIN_MS })).address));
  const stop = () => attempt(async () => {
    await post('/api/demonstration/stop', {});
    setAddress(undefined);
  });
  return (
    <section className="offer stack" aria-labelledby="offer-title">
      <h2 id="offer-title">Démonstration</h2>
      <p>{fr("Une nuit de crue inventée, jouée à 20 fois la vitesse par douze agents, sur un dossier à part que la fin efface.")}</p>
      {!ON_THE_MACHINE && <p>{fr("Elle ne s'ouvre que dans un navigateur de la machine du serveur. Sur votre poste, lancez « npm run demo ».")}</p>}
      {fault && <Notice kind="error" title={fault} />}
      {ON_THE_MACHINE && address === undefined && <div><Button isPending={pending} onPress={() => void launch()}>Lancer la démonstration</Button></div>}
      {address !== undefined && (
        <div className="row">
          <LinkButton href={address} target="_blank" kind="primary">Ouvrir la démonstration</LinkButton>
          <Button isPending={pending} onPress={() => void stop()}>Arrêter</Button>
          <span className="dim" role="status">{fr(`Elle se joue à l'adresse ${address}, deux heures au plus.`)}</span>
        </div>
      )}
    </section>
  );
}

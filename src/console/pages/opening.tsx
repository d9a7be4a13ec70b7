import { useCallback, useState } from 'react';
import { fr } from '../../contract/french-typography.js';
import type { ActivationLine, Me } from '../../contract/live.js';
import { audienceOf } from '../../domain/rights.js';
import { useMe } from '../api.js';
import { mayAdminister } from '../../domain/administration-rules.js';
import { Frame } from '../frame/frame.js';
import { useLobby, useNoActivation } from '../live.js';
import { LinkButton } from '../ui/button.js';
import { Notice } from '../ui/notice.js';
import { housePages } from './house-pages.js';
import { running } from './opening/lines.js';
import { DemonstrationOffer } from './opening/demonstration-offer.js';
import { OnCallTonight } from './opening/on-call-tonight.js';
import { OpenForm } from './opening/open-form.js';
import { PastList } from './opening/past-list.js';
import { RunningList } from './opening/running-list.js';
import './pieces.css';
import './opening.css';

/** A telephone works on its own page: three gestures instead of the whole hour. */
const TELEPHONE = '(max-width: 40rem)';

/** What runs, one gesture to open, and what is over. */
export function Opening() {
  const me = useMe();
  useNoActivation();
  const lines = useLobby();
  if (!me) return null;
  return (
    <Frame title="Activations" nav={housePages(me, '/')}>
      {audienceOf(me.rights) === undefined ? <OnlyAdmin me={me} /> : <Activations me={me} lines={lines} />}
    </Frame>
  );
}

function Activations({ me, lines }: { me: Me; lines: readonly ActivationLine[] | undefined }) {
  const [phone] = useState(() => matchMedia(TELEPHONE));
  const home = useCallback((id: string) => `/activations/${id}${phone.matches ? '/gestes' : ''}`, [phone]);
  const now = lines ? running(lines) : [];
  return (
    <main className="opening">
      <section className="opening-running" aria-labelledby="running-title">
        <h2 id="running-title">{fr('En cours')}</h2>
        {lines === undefined && <p className="dim" aria-busy="true">Chargement…</p>}
        {lines !== undefined && now.length === 0 && <Nothing />}
        {now.length > 0 && <RunningList lines={now} home={home} />}
      </section>
      <OpenForm rights={me.rights} zone={me.house.timeZone} lines={lines ?? []} home={home} />
      {mayAdminister(me.rights, 'read-on-call') && <OnCallTonight zone={me.house.timeZone} hasPage={mayAdminister(me.rights, 'list-calendars')} />}
      <DemonstrationOffer me={me} />
      {lines && <PastList lines={lines} />}
    </main>
  );
}

/** An empty page says what to do first. */
function Nothing() {
  return (
    <div className="opening-nothing">
      <p><b>Aucune activation en cours.</b></p>
      <p>{fr("Quand le COD est activé, pressez « COD activé » : l'heure part aussitôt. Le numéro SYNERGI, le titre et les communes se renseignent ensuite.")}</p>
    </div>
  );
}

/** Who administers alone has no operational right: the page says where to go. */
function OnlyAdmin({ me }: { me: Me }) {
  return (
    <main className="page page-narrow">
      <Notice
        announce={false} title={fr("Ce compte n'a aucun droit opérationnel : il ne voit pas les activations.")}
        actions={<>{me.rights.includes('admin') && <LinkButton href="/comptes" kind="primary">Gérer les comptes</LinkButton>}<LinkButton href="/reglages">Réglages</LinkButton></>}
      >
        {fr("Un administrateur peut lui en donner, le sien compris, à la page Comptes.")}
      </Notice>
      <DemonstrationOffer me={me} />
    </main>
  );
}

import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { LinkButton } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from './hour-props.js';

/** An activation that no longer runs says so before anything else. */
export function LifeNotice({ board: { activation } }: HourProps) {
  const { life, endedAt, sealedAt, timeZone } = activation;
  const outage = activation.outages.at(-1);
  const review = <LinkButton href={`/activations/${activation.id}/revue`} size="small">Voir la revue</LinkButton>;
  if (life === 'ended') {
    return (
      <div className="main-wide">
        <Notice announce={false} title={fr(`Terminée le ${dayTime(endedAt!, timeZone)}.`)} actions={review}>{fr('Horloges et envois sont arrêtés. La revue peut encore écrire, jusqu’au scellement.')}</Notice>
      </div>
    );
  }
  if (life === 'sealed') return <div className="main-wide"><Notice kind="ok" announce={false} title={fr(`Scellée le ${dayTime(sealedAt!, timeZone)} : le journal ne change plus.`)} actions={review} /></div>;
  if (life === 'cancelled') return <div className="main-wide"><Notice kind="watch" announce={false} title={fr('Ouverte par erreur : elle ne reçoit plus rien.')}>{fr('Son journal reste, elle ne compte pas dans l’année.')}</Notice></div>;
  if (outage && activation.recordedAt - outage.to < 10 * 60_000) {
    return <div className="main-wide"><Notice kind="watch" announce={false} title={fr(`Le service a été interrompu jusqu'au ${dayTime(outage.to, timeZone)}.`)}>{fr('Aucun ordre enregistré n’a été perdu ; notez ce qui a été fait pendant ce temps, avec son heure.')}</Notice></div>;
  }
  return null;
}

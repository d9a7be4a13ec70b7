import { useState } from 'react';
import { clockTime } from '../../../../contract/french-times.js';
import { fr } from '../../../../contract/french-typography.js';
import { accountFailureWords } from '../../../../contract/reaching-words.js';
import { isLive } from '../../../../domain/outreach/campaigns.js';
import { CIRCLES } from '../../../../domain/outreach/targets.js';
import { mayIssue } from '../../../../domain/rights.js';
import { officialsCampaigns } from '../../../../domain/views/campaign.js';
import { Button } from '../../../ui/button.js';
import { Notice } from '../../../ui/notice.js';
import type { HourProps } from '../../hour/hour-props.js';
import { CampaignPanel } from './campaign-panel.js';
import { circlesWords } from './campaign-words.js';
import { Composer } from './composer.js';
import './campaign.css';

/** Our own automaton: what runs, what ran, and the next campaign to be composed. */
export function CampaignSection(props: HourProps) {
  const { board: { activation }, me } = props;
  const [isComposing, setComposing] = useState(false);
  const all = officialsCampaigns(activation);
  const live = all.filter(isLive);
  const over = all.filter((one) => !isLive(one));
  const free = CIRCLES.filter((circle) => activation.outreach.circles[circle] && !live.some(({ circles }) => circles.includes(circle)));
  const may = activation.life === 'running' && mayIssue(me.rights, 'start-campaign', activation.lane);
  return (
    <>
      {activation.accountChanges.map(({ seq, at, to, from, why }) => (
        <Notice key={seq} kind="watch" announce={false} title={fr(`Les appels passent au compte ${to}, à ${clockTime(at, activation.timeZone)}.`)}>
          {fr(`Le compte ${from} : ${accountFailureWords[why]}.`)} <a className="link" href={`/activations/${activation.id}?voir=entree-${seq}`}>{fr(`Entrée ${seq}`)}</a>
        </Notice>
      ))}
      {live.map((campaign) => <CampaignPanel key={campaign.id} {...props} campaign={campaign} />)}
      {may && free.length > 0 && (isComposing
        ? <Composer {...props} free={free} onClose={() => setComposing(false)} />
        : <p className="row"><Button kind={all.length === 0 ? 'primary' : 'secondary'} onPress={() => setComposing(true)}>{fr(all.length === 0 ? 'Préparer la campagne d’appels…' : 'Préparer une autre campagne…')}</Button></p>)}
      {over.length > 0 && (
        <ul className="campaign-list" aria-label={fr('Campagnes arrêtées')}>
          {over.map(({ id, circles, startedAt, stoppedAt, seq }) => (
            <li key={id}>
              <span>{fr(`Campagne vers les élus ${circlesWords(circles)}, de ${clockTime(startedAt, activation.timeZone)} à ${clockTime(stoppedAt!, activation.timeZone)} : arrêtée.`)}</span>
              <a className="link" href={`/activations/${activation.id}?voir=entree-${seq}`}>{fr(`Entrée ${seq}`)}</a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

import { useState } from 'react';
import { clockMinute } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import { functionNames } from '../../../contract/french.js';
import type { CallInAnswer } from '../../../domain/outreach/reaching.js';
import type { Campaign } from '../../../domain/state.js';
import { callsInOf, type CalledIn } from '../../../domain/views/call-in.js';
import { useNow } from '../../live.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import type { HourProps } from '../hour/hour-props.js';
import { standsWords } from './call-in-words.js';

const ARRIVALS = [15, 30, 60] as const;

/** For somebody called in who looks at the page: large buttons, one press each; said again, it is corrected. */
export function AnswerCallIn({ board: { activation }, me }: Pick<HourProps, 'board' | 'me'>) {
  if (activation.life !== 'running') return null;
  return <>{callsInOf(activation, me.account).map(({ campaign, mine }) => <Answer key={campaign.id} activation={activation} campaign={campaign} mine={mine} />)}</>;
}

function Answer({ activation, campaign, mine }: { activation: HourProps['board']['activation']; campaign: Readonly<Campaign>; mine: CalledIn }) {
  const giving = useOrder(activation);
  const now = useNow(activation);
  const [isChanging, setChanging] = useState(false);
  const say = async (answer: CallInAnswer, minutes?: number) => {
    if (await giving.give('answer-call-in', { campaign: campaign.id, answer, ...(minutes === undefined ? {} : { minutes }) })) setChanging(false);
  };
  if (mine.answer && !isChanging) {
    return (
      <p className="answered-call-in">
        <span>{fr(`Vous : ${standsWords(mine, now, activation.timeZone).words}.`)}</span>
        <Button size="small" kind="tertiary" onPress={() => setChanging(true)}>Changer</Button>
      </p>
    );
  }
  const what = mine.function ? functionNames[mine.function] : 'la cellule';
  return (
    <div className="answer-call-in" role="group" aria-label={fr('On vous appelle')}>
      <h2>{fr(`On vous appelle : ${what}`)}</h2>
      <p className="dim">{fr(`Depuis ${clockMinute(campaign.startedAt, activation.timeZone)}. Répondez ici, ou de votre téléphone.`)}</p>
      {campaign.purpose === 'charge' && <Button kind="primary" size="large" wide isPending={giving.pending} onPress={() => void say('taking-charge')}>Je prends en charge</Button>}
      <div className="arrivals" role="group" aria-label={fr('J’arrive')}>
        <span>{fr('J’arrive dans')}</span>
        {ARRIVALS.map((minutes) => <Button key={minutes} kind={campaign.purpose === 'charge' ? 'secondary' : 'primary'} size="large" isDisabled={giving.pending} onPress={() => void say('coming', minutes)}>{fr(`${minutes} min`)}</Button>)}
      </div>
      <Button size="large" wide isDisabled={giving.pending} onPress={() => void say('unavailable')}>Pas disponible</Button>
      <FaultNotice giving={giving} />
    </div>
  );
}

import { useState } from 'react';
import { MAX_SPOKEN } from '../../../../contract/forms.js';
import { count, fr } from '../../../../contract/french-typography.js';
import type { Campaign } from '../../../../domain/state.js';
import { useDraft } from '../../../orders/draft.js';
import { OrderDialog } from '../../../orders/order-form.js';
import { useOrder } from '../../../orders/use-order.js';
import { Checkbox } from '../../../ui/choices.js';
import { TextArea } from '../../../ui/fields.js';
import type { HourProps } from '../../hour/hour-props.js';
import { AsReceived } from './as-received.js';

/** A new version of the words: who has yet to hear hears these; whoever acknowledged the former is called again, or not. */
export function ChangeText({ board, me, campaign, onClose }: HourProps & { campaign: Readonly<Campaign>; onClose: () => void }) {
  const { activation } = board;
  const giving = useOrder(activation);
  const inForce = board.text(campaign.texts.at(-1)?.text) ?? '';
  const [typed, setTyped] = useDraft(`${me.account} ${campaign.id} text`, 'device');
  const [isTyped, setIsTyped] = useState(typed !== '');
  const [again, setAgain] = useState(false);
  const text = isTyped ? typed : inForce;
  const acknowledged = campaign.order.filter((person) => activation.outreach.targets[person]?.attempts.some((one) => one.campaign === campaign.id && one.outcome === 'acknowledged')).length;
  const give = async () => {
    if (text.trim() === '' || text.trim() === inForce.trim()) {
      giving.setFault({ sentence: fr('Écrivez le nouveau texte : celui-ci est déjà le texte en cours.') });
      return false;
    }
    if (!(await giving.give('change-campaign-text', { campaign: campaign.id, text: text.trim(), again }))) return false;
    setTyped('');
    return true;
  };
  return (
    <OrderDialog title="Changer le texte" onClose={onClose} giving={giving} action={again ? fr(`Changer le texte et rappeler ${count(acknowledged, 'personne')}`) : 'Changer le texte'} onGive={give} wide>
      <div className="composer-columns">
        <div className="stack">
          <TextArea label={fr(`Message, version ${campaign.texts.length + 1}`)} value={text} onChange={(next) => { setIsTyped(true); setTyped(next); }} rows={6} maxLength={MAX_SPOKEN} isRequired autoFocus help={fr('Les appels qui partent désormais disent ce texte ; ceux qui sont décrochés finissent l’ancien.')} />
          <Checkbox isSelected={again} onChange={setAgain} isDisabled={acknowledged === 0} help={fr(acknowledged === 0 ? 'Personne n’a encore acquitté.' : `${count(acknowledged, 'personne a', 'personnes ont')} acquitté l’ancien : sans cela, elles n’entendront pas le nouveau.`)}>{fr('Rappeler ceux qui ont acquitté l’ancien')}</Checkbox>
        </div>
        <AsReceived wording={{ lane: activation.lane, purpose: 'officials', prefecture: activation.prefecture, text: text.trim() || '…' }} withVoice={campaign.ways.includes('voice')} withSms={campaign.ways.includes('sms')} />
      </div>
    </OrderDialog>
  );
}

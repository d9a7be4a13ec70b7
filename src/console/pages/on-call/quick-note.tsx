import type { SubmitEvent } from 'react';
import { MAX_TEXT } from '../../../contract/forms.js';
import type { Me } from '../../../contract/live.js';
import { mayIssue } from '../../../domain/rights.js';
import type { Activation } from '../../../domain/state.js';
import { useDraft } from '../../orders/draft.js';
import { FaultNotice } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { TextField } from '../../ui/fields.js';

/** The main courante at the height of a thumb: what is said now is written now. */
export function QuickNote({ activation, me }: { activation: Readonly<Activation>; me: Me }) {
  const giving = useOrder(activation);
  const [text, setText] = useDraft(`${activation.id} note`);
  if (!mayIssue(me.rights, 'log-note', activation.lane) || activation.life === 'sealed' || activation.life === 'cancelled') return null;
  const write = async () => {
    if (text.trim() !== '' && await giving.give('log-note', { text })) setText('');
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void write();
  };
  return (
    <form className="quick-note" onSubmit={onSubmit}>
      <FaultNotice giving={giving} />
      <div className="quick-note-line">
        <TextField label="Note de main courante" hideLabel placeholder="Noter…" value={text} onChange={setText} maxLength={MAX_TEXT} autoComplete="off" />
        <Button type="submit" isPending={giving.pending} isDisabled={text.trim() === ''}>Noter</Button>
      </div>
    </form>
  );
}

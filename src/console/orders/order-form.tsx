import type { ReactNode, SubmitEvent } from 'react';
import { fr } from '../../contract/french-typography.js';
import { Button, type ButtonKind } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import type { Giving } from './use-order.js';

/** Why the order was refused: read out at once, beside the form that still holds what was typed. */
export function FaultNotice({ giving, children }: { giving: Pick<Giving, 'fault'>; children?: ReactNode }) {
  if (!giving.fault) return null;
  return <Notice kind="error" title={giving.fault.sentence}>{children}</Notice>;
}

export interface OrderDialogProps {
  title: string;
  onClose: () => void;
  giving: Giving;
  /** Words of the button: what will happen. */
  action: string;
  /** Gives the order; true closes the dialog. */
  onGive: () => Promise<boolean>;
  children: ReactNode;
  kind?: ButtonKind;
  /** What the refusal asks, beside its sentence: "confirm that it is old". */
  onFault?: ReactNode;
  /** What it holds needs room. */
  wide?: boolean;
}

/**
 * An order that needs a few words: a dialog whose Enter gives it, and which keeps everything when it is refused. Render it
 * only while it is open: its fields then begin with the hour that it is.
 */
export function OrderDialog({ title, onClose, giving, action, onGive, children, kind = 'primary', onFault, wide = false }: OrderDialogProps) {
  const submit = async () => {
    if (await onGive()) onClose();
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void submit();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title={fr(title)} keepsTyping placement={wide ? 'wide' : 'centre'}
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button kind={kind} isPending={giving.pending} onPress={() => void submit()}>{fr(action)}</Button>
        </>
      }
    >
      <form onSubmit={onSubmit} className="stack" noValidate>
        {children}
        <FaultNotice giving={giving}>{onFault}</FaultNotice>
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal as AriaModal, ModalOverlay } from 'react-aria-components/Modal';
import { Button } from './button.js';
import { Store, useStore } from '../store.js';
import { Icon } from './icons.js';

export interface DialogProps {
  isOpen: boolean;
  onClose: () => void;
  title: ReactNode;
  children: ReactNode;
  /** The buttons, at the bottom. The main one comes last in the order of reading, first under the thumb. */
  actions?: ReactNode;
  /** `side`: a panel on the right that leaves the picture visible; `wide`: for what needs room. */
  placement?: 'centre' | 'side' | 'wide' | undefined;
  /** A confirmation interrupts: only its buttons close it. */
  role?: 'dialog' | 'alertdialog' | undefined;
  /** What was typed in it is not lost to a touch outside: Escape and its buttons still close it. */
  keepsTyping?: boolean | undefined;
}

const open = new Store(0);

/** Whether something may be half typed in a dialog: whoever would lay the page out anew waits until it is closed. */
export function useDialogOpen(): boolean {
  return useStore(open) > 0;
}

export function Dialog({ isOpen, onClose, title, children, actions, placement = 'centre', role = 'dialog', keepsTyping = false }: DialogProps) {
  const isAlert = role === 'alertdialog';
  useEffect(() => {
    if (!isOpen) return undefined;
    open.set(open.get() + 1);
    return () => open.set(open.get() - 1);
  }, [isOpen]);
  return (
    <ModalOverlay className={`veil veil-${placement}`} isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable={!isAlert && !keepsTyping}>
      <AriaModal className={`modal modal-${placement}`}>
        <AriaDialog className="dialog" role={role}>
          <div className="dialog-head">
            <Heading slot="title">{title}</Heading>
            {!isAlert && <Button kind="tertiary" onPress={onClose} aria-label="Fermer"><Icon shape="cross" /></Button>}
          </div>
          <div className="dialog-body">{children}</div>
          {actions && <div className="dialog-actions">{actions}</div>}
        </AriaDialog>
      </AriaModal>
    </ModalOverlay>
  );
}

export interface ConfirmProps {
  isOpen: boolean;
  onClose: () => void;
  /** "Appeler 320 élus maintenant ?" */
  title: string;
  /** What will happen, what can and cannot be undone. */
  children: ReactNode;
  /** The same words as the title: "Appeler 320 élus maintenant". Never "OK". */
  action: string;
  onConfirm: () => void | Promise<void>;
  /** What cannot be undone is said in the error colour. */
  danger?: boolean | undefined;
  isDisabled?: boolean | undefined;
}

/** Asks once, in words that say what will happen. Stays open, with what failed, if the promise is rejected. */
export function Confirm({ isOpen, onClose, title, children, action, onConfirm, danger = false, isDisabled = false }: ConfirmProps) {
  const [pending, setPending] = useState(false);
  const busy = useRef(false);
  const confirm = async () => {
    if (busy.current) return;
    busy.current = true;
    setPending(true);
    try {
      await onConfirm();
      onClose();
    } catch {
      // The page shows why, in a Notice among the children; nothing that was typed is lost.
    } finally {
      busy.current = false;
      setPending(false);
    }
  };
  return (
    <Dialog
      isOpen={isOpen} onClose={onClose} title={title} role="alertdialog"
      actions={
        <>
          <Button onPress={onClose}>Annuler</Button>
          <Button kind={danger ? 'danger' : 'primary'} isPending={pending} isDisabled={isDisabled} onPress={() => void confirm()}>{action}</Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

export interface DisclosureProps {
  title: ReactNode;
  children: ReactNode;
  /** Beside the title, quiet: a count. */
  detail?: ReactNode;
  startsOpen?: boolean | undefined;
  level?: 2 | 3 | 4 | undefined;
  /** What it holds is heavy, and remembers nothing: drawn while it is open alone. */
  isLazy?: boolean | undefined;
}

export function Disclosure({ title, children, detail, startsOpen = false, level = 3, isLazy = false }: DisclosureProps) {
  const [open, setOpen] = useState(startsOpen);
  const id = useId();
  const Title = `h${level}` as const;
  return (
    <div className={`disclosure${open ? ' open' : ''}`}>
      <Title>
        <button type="button" aria-expanded={open} aria-controls={id} onClick={() => setOpen(!open)}>
          <Icon shape="chevron" size={14} />
          <span>{title}</span>
          {detail !== undefined && <span className="dim">{detail}</span>}
        </button>
      </Title>
      <div id={id} className="disclosure-body" hidden={!open}>{(open || !isLazy) && children}</div>
    </div>
  );
}

import { useState, type ReactNode } from 'react';
import { dayTime } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { Qr as Drawing } from '../../../contract/people.js';
import type { Ms } from '../../../domain/time.js';
import { me } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Dialog } from '../../ui/dialog.js';
import { Qr } from '../../ui/qr.js';

interface Props {
  title: string;
  label: string;
  secret: string;
  /** Absent: until it is used. */
  expiresAt?: Ms;
  qr?: Drawing;
  onClose: () => void;
  children: ReactNode;
}

/** A secret shown once: it is copied, then handed over by other means. */
export function HandOver({ title, label, secret, expiresAt, qr, onClose, children }: Props) {
  const [copied, setCopied] = useState<boolean>();
  const copy = () => navigator.clipboard.writeText(secret).then(() => setCopied(true), () => setCopied(false));
  return (
    <Dialog
      isOpen onClose={onClose} title={title} role="alertdialog"
      actions={
        <>
          <Button kind={copied === undefined ? 'secondary' : 'primary'} onPress={onClose}>{copied === undefined ? 'Fermer sans copier' : 'Fermer'}</Button>
          <Button kind={copied === undefined ? 'primary' : 'secondary'} onPress={() => void copy()}>Copier</Button>
        </>
      }
    >
      <p>{children}</p>
      <div>
        <p className="label" id="secret-label">{label}</p>
        <p className="secret-key" aria-labelledby="secret-label">{secret}</p>
      </div>
      {qr && <Qr {...qr} label={fr("Carré à lire avec l'appareil photo de l'écran ; l'adresse est écrite dessus")} />}
      {expiresAt !== undefined && <p className="help">{fr(`Valable jusqu'au ${dayTime(expiresAt, me()?.house.timeZone ?? 'Europe/Paris')}.`)}</p>}
      <p role="status">{copied === true ? 'Copié.' : copied === false ? fr('La copie a échoué : sélectionnez le texte.') : ''}</p>
    </Dialog>
  );
}

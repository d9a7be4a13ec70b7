import type { ReactNode } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Notice } from '../../ui/notice.js';

/** The link does not serve any more: `children` says how to get another. */
export function DeadLink({ children }: { children: ReactNode }) {
  return (
    <>
      <Notice kind="watch" title={fr('Ce lien ne sert plus : il a expiré, il a déjà servi, ou un plus récent le remplace.')}>{children}</Notice>
      <LinkButton href="/connexion" wide>Se connecter avec un compte</LinkButton>
    </>
  );
}

/** The server did not say what the link is worth. It was taken out of the address, and this page still holds it. */
export function LinkUnknown({ sentence, onRetry }: { sentence: string; onRetry: () => void }) {
  return <Notice kind="error" title={sentence} actions={<Button onPress={onRetry}>Réessayer</Button>}>{fr("Le lien n'a pas servi : il reste valable.")}</Notice>;
}

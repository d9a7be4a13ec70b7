import { useState } from 'react';
import { day } from '../../../contract/french-times.js';
import { count, fr, listed } from '../../../contract/french-typography.js';
import type { TokenIssued, TokenLine } from '../../../contract/people.js';
import { serverClock } from '../../clock.js';
import { me, post, sentenceOf } from '../../api.js';
import { usePeople } from '../../people.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { Badge } from '../../ui/state-label.js';
import { Table } from '../../ui/table.js';
import { HandOver } from './hand-over.js';
import { NewToken } from './new-token.js';
import { operationWords } from './operation-words.js';
import { useListing } from './use-listing.js';

/** What lets a script beside SYNERGI declare a T0: each token has its operations, its end, and can be revoked. */
export function TokenList() {
  const { lines, fault, reload } = useListing<TokenLine>('/api/tokens');
  const [creating, setCreating] = useState(false);
  const [issued, setIssued] = useState<TokenIssued>();
  const [revoking, setRevoking] = useState<TokenLine>();
  const [refused, setRefused] = useState<string>();
  const person = usePeople();
  const say = useToasts();
  const zone = me()?.house.timeZone ?? 'Europe/Paris';
  const revoke = async () => {
    setRefused(undefined);
    try {
      await post(`/api/tokens/${revoking!.id}/revoke`, {});
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    say(fr('Jeton révoqué.'));
    reload();
  };
  return (
    <section className="stack" aria-labelledby="tokens-title">
      <div className="spread">
        <h2 id="tokens-title">{lines ? count(lines.length, 'jeton') : 'Jetons'}</h2>
        <Button kind="primary" onPress={() => setCreating(true)}>Émettre un jeton</Button>
      </div>
      <p>{fr("Un jeton laisse un script, posé à côté de SYNERGI, déclarer un T0 à votre place. Il ne peut rien d'autre que ses opérations, et s'éteint à sa date.")}</p>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      <Table
        caption="Jetons d'API" hideCaption rows={lines ?? []} rowKey={(line) => line.id}
        empty={lines && fr("Aucun jeton. Émettez-en un si un script doit déclarer les T0 ; sinon, rien à faire ici.")}
        columns={[
          { id: 'name', title: 'Script', names: true, cell: (line) => line.name },
          { id: 'may', title: 'Peut', cell: (line) => listed(line.commands.map(operationWords)) },
          { id: 'ends', title: 'Fin', cell: (line) => <span className="nowrap">{day(line.expiresAt, zone)}</span> },
          { id: 'by', title: 'Émis par', cell: (line) => person(line.createdBy).name },
          { id: 'state', title: 'État', cell: (line) => <TokenState line={line} /> },
          {
            id: 'act', title: <span className="hidden">Action</span>,
            cell: (line) => line.revokedAt === null && <Button size="small" kind="danger-outline" aria-label={fr(`Révoquer ${line.name}`)} onPress={() => setRevoking(line)}>Révoquer</Button>,
          },
        ]}
      />
      {creating && <NewToken zone={zone} onClose={() => setCreating(false)} onIssued={(one) => { setCreating(false); reload(); setIssued(one); }} />}
      {issued && (
        <HandOver title={fr(`Jeton « ${issued.token.name} »`)} secret={issued.secret} label="Secret du jeton" expiresAt={issued.token.expiresAt} onClose={() => setIssued(undefined)}>
          {fr("Il n'est montré qu'une fois. Posez-le dans la configuration du script, jamais dans une adresse. Chaque appel le porte dans l'en-tête « Authorization: Bearer ».")}
        </HandOver>
      )}
      <Confirm
        isOpen={revoking !== undefined} onClose={() => setRevoking(undefined)} danger title={fr(`Révoquer « ${revoking?.name ?? ''} » ?`)} action="Révoquer ce jeton" onConfirm={revoke}
      >
        <p>{fr("Le script qui le porte sera refusé aussitôt. C'est irréversible : il faudra en émettre un autre.")}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </section>
  );
}

function TokenState({ line }: { line: TokenLine }) {
  if (line.revokedAt !== null) return <Badge>Révoqué</Badge>;
  return line.expiresAt <= serverClock.wall() ? <Badge tone="watch">Expiré</Badge> : <Badge tone="ok">Actif</Badge>;
}

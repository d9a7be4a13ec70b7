import { useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import type { WebhookIssued, WebhookLine } from '../../../contract/webhooks.js';
import { post, sentenceOf } from '../../api.js';
import { Button } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';
import { HandOver } from '../accounts/hand-over.js';
import { useListing } from '../accounts/use-listing.js';
import { WebhookCard, type WebhookAct } from './webhook-card.js';
import { WebhookForm } from './webhook-form.js';
import './webhooks.css';

/** What is asked before it is done, in words that say what will happen. */
const ASKED = {
  'renew-secret': {
    title: (name: string) => `Renouveler le secret de « ${name} » ?`, action: 'Renouveler le secret', danger: false,
    says: "Le nouveau n'est montré qu'une fois. L'ancien signe encore, avec lui, pendant 24 heures : le temps de le changer chez le destinataire.",
  },
  'remove': {
    title: (name: string) => `Retirer « ${name} » ?`, action: 'Retirer cette intégration', danger: true,
    says: "Plus rien ne lui est envoyé, et ce qui l'attendait est oublié. C'est irréversible : pour l'interrompre sans rien perdre, suspendez-la.",
  },
} as const;

/** Programs that are told of what is written in real activations: each with its address, its secret, and how it goes. */
export function WebhookList({ zone }: { zone: string }) {
  const { lines, fault, reload } = useListing<WebhookLine>('/api/webhooks');
  const [edited, setEdited] = useState<WebhookLine | 'new'>();
  const [issued, setIssued] = useState<WebhookIssued & { name: string }>();
  const [asked, setAsked] = useState<{ act: keyof typeof ASKED; line: WebhookLine }>();
  const [refused, setRefused] = useState<string>();
  const say = useToasts();

  const confirmed = async () => {
    const { act, line } = asked!;
    setRefused(undefined);
    try {
      const answer = await post<WebhookIssued | undefined>(`/api/webhooks/${line.id}/${act}`, {});
      if (answer) setIssued({ ...answer, name: line.name });
      else say(fr('Intégration retirée.'));
    } catch (error) {
      setRefused(sentenceOf(error));
      throw error;
    }
    reload();
  };
  const act = (line: WebhookLine, what: WebhookAct) => {
    if (what === 'change') setEdited(line);
    else if (what === 'renew-secret' || what === 'remove') setAsked({ act: what, line });
    else reload();
  };
  const words = asked && ASKED[asked.act];
  return (
    <section className="stack" aria-labelledby="webhooks-title">
      <div className="spread">
        <h2 id="webhooks-title">{lines ? count(lines.length, 'intégration') : 'Intégrations'}</h2>
        <Button kind="primary" onPress={() => setEdited('new')}>Ajouter une intégration</Button>
      </div>
      <p>{fr("Une intégration est un programme que temps-zero prévient à chaque entrée d'une activation réelle, dans l'ordre, signée, répétée jusqu'à ce qu'il réponde. Rien d'un exercice ni d'un essai ne lui parvient jamais. Elle voit ce que voit la cellule, sans les textes : ceux-ci se lisent par l'API, avec un jeton.")}</p>
      {fault && <Notice kind="error" title={fault} actions={<Button onPress={reload}>Réessayer</Button>} />}
      {lines?.length === 0 && <p className="help">{fr("Aucune intégration. Ajoutez-en une si un autre outil (COZ, main courante zonale, tableau de bord) doit suivre l'heure ; sinon, rien à faire ici.")}</p>}
      {lines?.map((line) => <WebhookCard key={line.id} line={line} zone={zone} onAct={(what) => act(line, what)} />)}
      {edited && (
        <WebhookForm
          line={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)}
          onDone={(name, answer) => {
            setEdited(undefined);
            reload();
            if (answer) setIssued({ ...answer, name });
            else say(fr('Intégration modifiée.'));
          }}
        />
      )}
      {issued && (
        <HandOver title={fr(`Secret de « ${issued.name} »`)} secret={issued.secret} label="Secret de signature" onClose={() => setIssued(undefined)}>
          {fr("Il n'est montré qu'une fois. Posez-le chez le destinataire : c'est avec lui qu'il vérifie que chaque message vient bien d'ici.")}
        </HandOver>
      )}
      <Confirm
        isOpen={asked !== undefined} onClose={() => setAsked(undefined)} danger={words?.danger ?? false}
        title={fr(words?.title(asked?.line.name ?? '') ?? '')} action={words?.action ?? ''} onConfirm={confirmed}
      >
        <p>{words && fr(words.says)}</p>
        {refused && <Notice kind="error" title={refused} />}
      </Confirm>
    </section>
  );
}

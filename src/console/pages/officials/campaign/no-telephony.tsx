import { fr } from '../../../../contract/french-typography.js';
import type { Activation } from '../../../../domain/state.js';
import { Notice } from '../../../ui/notice.js';

/** No account can call from here: what does work, in the order in which it helps. */
export function NoTelephony({ activation }: { activation: Readonly<Activation> }) {
  const list = `/api/activations/${activation.id}/call-list`;
  return (
    <Notice kind="watch" title={fr('Ce serveur n’a pas de compte téléphonique : rien n’est appelé d’ici, votre texte est gardé.')}>
      <ol className="no-telephony">
        <li>{fr('Lancez votre automate (GALA…) avec ce texte, puis « Consigner une campagne… » plus bas : P07 est prouvée.')}</li>
        <li>{fr('Appelez avec la file « Appels directs », à plusieurs : chacun prend une commune.')}</li>
        <li>{fr('Sur papier : la liste d’appel en')} <a className="link" href={`${list}.pdf`} download>PDF</a> {fr('ou en')} <a className="link" href={`${list}.csv`} download>CSV</a>{fr(', chaque résultat se note ensuite dans le tableau.')}</li>
      </ol>
    </Notice>
  );
}

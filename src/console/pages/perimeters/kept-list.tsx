import { useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import type { Me } from '../../../contract/live.js';
import type { KeptPerimeterLine } from '../../../contract/perimeters.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { post, sentenceOf } from '../../api.js';
import { reloadKept, useKeptPerimeters } from '../../parts/perimeter/use-perimeters.js';
import { Button, LinkButton } from '../../ui/button.js';
import { Confirm } from '../../ui/dialog.js';
import { Notice, useToasts } from '../../ui/notice.js';

interface Props {
  me: Me;
  opened: string | undefined;
  onOpen: (line: KeptPerimeterLine | undefined) => void;
}

/** Those kept under a name: opened below, printed whole, or removed. */
export function KeptList({ me, opened, onOpen }: Props) {
  const kept = useKeptPerimeters();
  const [removing, setRemoving] = useState<KeptPerimeterLine>();
  const [fault, setFault] = useState<string>();
  const say = useToasts();
  const remove = async () => {
    setFault(undefined);
    try {
      await post(`/api/perimeters/${removing!.id}/remove`, {});
    } catch (error) {
      setFault(sentenceOf(error));
      throw error;
    }
    say(fr('Périmètre retiré.'));
    if (opened === removing!.id) onOpen(undefined);
    await reloadKept();
  };
  return (
    <section className="stack-small" aria-labelledby="kept-title">
      <div className="spread">
        <h2 id="kept-title">Périmètres gardés</h2>
        {opened !== undefined && <Button size="small" onPress={() => onOpen(undefined)}>Nouveau périmètre</Button>}
      </div>
      {kept.length === 0 && <p className="help">{fr("Aucun encore. Composez ci-dessous ceux que la nuit demandera (PPI, zone inondable, vallée), puis gardez-les sous leur nom : ils se reprennent d'un geste dans une activation.")}</p>}
      {kept.length > 0 && (
        <ul className="kept">
          {kept.map((line) => (
            <li key={line.id} className={line.id === opened ? 'opened' : undefined}>
              <button type="button" className="kept-open" aria-pressed={line.id === opened} onClick={() => onOpen(line)}>
                <b>{line.name}</b>
                <span className="dim">{fr(`Cercle 1 : ${count(line.circle1.length, 'commune')}${line.circle2.length > 0 ? ` · Cercle 2 : ${count(line.circle2.length, 'commune')}` : ''}`)}</span>
              </button>
              <span className="row">
                {mayAdminister(me.rights, 'print-call-list') && (
                  <>
                    <LinkButton size="small" href={`/api/perimeters/${line.id}/call-list.pdf`} download>Imprimer<span className="hidden">{fr(` la liste d'appel de « ${line.name} », en PDF`)}</span></LinkButton>
                    <LinkButton size="small" href={`/api/perimeters/${line.id}/call-list.csv`} download>CSV<span className="hidden">{fr(` de la liste d'appel de « ${line.name} »`)}</span></LinkButton>
                  </>
                )}
                {mayAdminister(me.rights, 'save-perimeter') && <Button size="small" kind="tertiary" onPress={() => setRemoving(line)} aria-label={fr(`Retirer « ${line.name} »`)}>Retirer</Button>}
              </span>
            </li>
          ))}
        </ul>
      )}
      {kept.length > 0 && mayAdminister(me.rights, 'print-call-list') && <p className="help">{fr("La liste d'appel porte chaque numéro en entier : qui l'imprime est inscrit au journal d'administration.")}</p>}
      <Confirm
        isOpen={removing !== undefined} onClose={() => setRemoving(undefined)} danger
        title={fr(`Retirer « ${removing?.name ?? ''} » ?`)} action="Retirer ce périmètre" onConfirm={remove}
      >
        <p>{fr("Sa liste de communes est oubliée. Les activations qui l'ont repris gardent la leur.")}</p>
        {fault && <Notice kind="error" title={fault} />}
      </Confirm>
    </section>
  );
}

import { useState } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import type { KeptPerimeterLine } from '../../../contract/perimeters.js';
import { isSameCircle, type Circles } from '../../../domain/outreach/choice.js';
import { CIRCLES, type Circle } from '../../../domain/outreach/targets.js';
import { mayAdminister } from '../../../domain/administration-rules.js';
import { mayIssue } from '../../../domain/rights.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { PerimeterPicker } from '../../parts/perimeter-picker.js';
import { useKeptPerimeters } from '../../parts/perimeter/use-perimeters.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';

/** P05: who is concerned, circle by circle; P10: circle 2 is called, or refused with a reason. */
export function Perimeter({ board, me, circle, onCircle }: HourProps & { circle: Circle; onCircle: (circle: Circle) => void }) {
  const { activation } = board;
  const { outreach } = activation;
  const [asked, setAsked] = useState<'freeze' | 'refuse'>();
  const may = activation.life === 'running' && mayIssue(me.rights, 'freeze-perimeter', activation.lane);
  const zone = activation.timeZone;
  const people = Object.keys(outreach.targets).length;
  const kept = useKeptPerimeters();
  const keptName = (id: string) => {
    const name = kept.find((one) => one.id === id)?.name;
    return name === undefined ? 'un périmètre gardé, retiré depuis' : `« ${name} »`;
  };
  if (!outreach.circles[1]) {
    return (
      <>
        <Notice
          kind="info" announce={false} title={fr("Le périmètre n'est pas arrêté : personne ne sait encore qui joindre.")}
          actions={may ? <Button kind="primary" onPress={() => setAsked('freeze')}>{fr('Arrêter le périmètre…')}</Button> : undefined}
        >
          {fr('Cercle 1 : les communes touchées. Cercle 2 : leurs voisines. Les personnes à joindre viennent de l’annuaire, telles qu’il les connaît à cet instant.')}
        </Notice>
        {asked === 'freeze' && <Freeze board={board} onClose={() => setAsked(undefined)} />}
      </>
    );
  }
  return (
    <section className="circles" aria-label="Périmètre">
      <div className="circle-choice" role="group" aria-label="Cercle montré">
        {CIRCLES.map((one) => {
          const frozen = outreach.circles[one];
          return (
            <button key={one} type="button" className="circle" aria-pressed={circle === one} disabled={!frozen} onClick={() => onCircle(one)}>
              <b>{fr(`Cercle ${one}`)}</b>
              {frozen?.list !== undefined && <span>{fr(`d’après ${keptName(frozen.list)}`)}</span>}
              <span>{frozen ? fr(`${count(frozen.communes.length, 'commune')}, arrêté à ${clockTime(frozen.at, zone)}`) : outreach.refused ? fr(`refusé à ${clockTime(outreach.refused.at, zone)}`) : 'à décider'}</span>
            </button>
          );
        })}
        <span className="dim">{count(people, 'personne')} à joindre</span>
      </div>
      {mayAdminister(me.rights, 'print-call-list') && (
        <p className="row">
          <span>{fr('Liste d’appel à travailler sur papier :')}</span>
          <a className="link" href={`/api/activations/${activation.id}/call-list.pdf`} download>PDF</a>
          <a className="link" href={`/api/activations/${activation.id}/call-list.csv`} download>CSV</a>
          <span className="help">{fr('Elle porte les numéros en entier : chaque impression est inscrite.')}</span>
        </p>
      )}
      {outreach.refused && !outreach.circles[2] && <p className="dim">{fr(`Motif du refus : ${board.text(outreach.refused.reason) ?? '…'}`)}</p>}
      {may && (
        <div className="row">
          <Button size="small" kind={outreach.circles[2] || outreach.refused ? 'secondary' : 'primary'} onPress={() => setAsked('freeze')}>{fr(outreach.circles[2] || outreach.refused ? 'Changer le périmètre…' : 'Arrêter le cercle 2…')}</Button>
          {!outreach.circles[2] && !outreach.refused && <Button size="small" onPress={() => setAsked('refuse')}>{fr('Ne pas appeler le cercle 2…')}</Button>}
        </div>
      )}
      {asked === 'freeze' && <Freeze board={board} onClose={() => setAsked(undefined)} />}
      {asked === 'refuse' && <RefuseCircle board={board} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

/** Both circles at once; each that changed is frozen, the first one first: it takes communes from the second. */
function Freeze({ board: { activation }, onClose }: Pick<HourProps, 'board'> & { onClose: () => void }) {
  const giving = useOrder(activation);
  const { circles } = activation.outreach;
  const [kept, setKept] = useState<KeptPerimeterLine>();
  // What was said of the event is where one begins.
  const [chosen, setChosen] = useState<Circles>({ circle1: circles[1]?.communes ?? activation.communes, circle2: circles[2]?.communes ?? [] });
  const changed = (circle: Circle, codes: readonly string[]) => codes.length > 0 && codes.join() !== circles[circle]?.communes.join();
  // A list that was changed since it was chosen is no longer that list.
  const order = (circle: Circle, codes: readonly string[]) => ({
    circle, communes: [...codes], ...(kept && isSameCircle(codes, circle === 1 ? kept.circle1 : kept.circle2) ? { list: kept.id } : {}),
  });
  const give = async () => {
    if (changed(1, chosen.circle1) && !(await giving.give('freeze-perimeter', order(1, chosen.circle1)))) return false;
    return !changed(2, chosen.circle2) || giving.give('freeze-perimeter', order(2, chosen.circle2));
  };
  return (
    <OrderDialog title="Arrêter le périmètre" onClose={onClose} giving={giving} action={chosen.circle1.length === 0 ? 'Arrêter le périmètre' : fr(`Arrêter ${count(chosen.circle1.length + chosen.circle2.length, 'commune')}`)} onGive={give} wide>
      <PerimeterPicker value={chosen} onChange={setChosen} onKept={setKept} />
      <p className="help">{fr("Les élus et les mairies de ces communes qui ont un numéro ou une adresse à l'annuaire sont figés avec le périmètre. Il peut être changé plus tard : ce qui aura été fait reste.")}</p>
    </OrderDialog>
  );
}

function RefuseCircle({ board: { activation }, onClose }: Pick<HourProps, 'board'> & { onClose: () => void }) {
  const giving = useOrder(activation);
  const [reason, setReason] = useState('');
  return (
    <OrderDialog title="Ne pas appeler le cercle 2" onClose={onClose} giving={giving} action="Consigner ce refus" onGive={() => giving.give('refuse-circle', { reason })}>
      <TextArea label="Motif" value={reason} onChange={setReason} rows={3} isRequired help={fr("C'est une décision : elle entre au journal avec son motif, et l'étape du cercle 2 est close.")} />
      <FaultNotice giving={giving} />
    </OrderDialog>
  );
}

import { useState } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { CIRCLES, type Circle } from '../../../domain/outreach/targets.js';
import { mayIssue } from '../../../domain/rights.js';
import { CommunesField } from '../../orders/communes-field.js';
import { FaultNotice, OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';

/** P05: who is concerned, circle by circle; P10: circle 2 is called, or refused with a reason. */
export function Perimeter({ board, me, circle, onCircle }: HourProps & { circle: Circle; onCircle: (circle: Circle) => void }) {
  const { activation } = board;
  const { outreach } = activation;
  const [asked, setAsked] = useState<Circle | 'refuse'>();
  const may = activation.life === 'running' && mayIssue(me.rights, 'freeze-perimeter', activation.lane);
  const zone = activation.timeZone;
  const people = Object.keys(outreach.targets).length;
  if (!outreach.circles[1]) {
    return (
      <>
        <Notice
          kind="info" announce={false} title={fr("Le périmètre n'est pas arrêté : personne ne sait encore qui joindre.")}
          actions={may ? <Button kind="primary" onPress={() => setAsked(1)}>{fr('Arrêter le cercle 1…')}</Button> : undefined}
        >
          {fr('Cercle 1 : les communes touchées. Cercle 2 : leurs voisines. Les personnes à joindre viennent de l’annuaire, telles qu’il les connaît à cet instant.')}
        </Notice>
        {asked === 1 && <Freeze board={board} circle={1} onClose={() => setAsked(undefined)} />}
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
              <span>{frozen ? fr(`${count(frozen.communes.length, 'commune')}, arrêté à ${clockTime(frozen.at, zone)}`) : outreach.refused ? fr(`refusé à ${clockTime(outreach.refused.at, zone)}`) : 'à décider'}</span>
            </button>
          );
        })}
        <span className="dim">{count(people, 'personne')} à joindre</span>
      </div>
      {outreach.refused && !outreach.circles[2] && <p className="dim">{fr(`Motif du refus : ${board.text(outreach.refused.reason) ?? '…'}`)}</p>}
      {may && (
        <div className="row">
          <Button size="small" onPress={() => setAsked(1)}>{fr('Changer le cercle 1…')}</Button>
          <Button size="small" kind={outreach.circles[2] || outreach.refused ? 'secondary' : 'primary'} onPress={() => setAsked(2)}>{fr(outreach.circles[2] ? 'Changer le cercle 2…' : 'Arrêter le cercle 2…')}</Button>
          {!outreach.circles[2] && !outreach.refused && <Button size="small" onPress={() => setAsked('refuse')}>{fr('Ne pas appeler le cercle 2…')}</Button>}
        </div>
      )}
      {(asked === 1 || asked === 2) && <Freeze key={asked} board={board} circle={asked} onClose={() => setAsked(undefined)} />}
      {asked === 'refuse' && <RefuseCircle board={board} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function Freeze({ board: { activation }, circle, onClose }: Pick<HourProps, 'board'> & { circle: Circle; onClose: () => void }) {
  const giving = useOrder(activation);
  const there = activation.outreach.circles[circle]?.communes;
  // What was said of the event is where one begins; the neighbours are added to it.
  const [codes, setCodes] = useState<readonly string[]>(there ?? (circle === 1 ? activation.communes : []));
  return (
    <OrderDialog
      title={circle === 1 ? 'Arrêter le cercle 1 : communes touchées' : 'Arrêter le cercle 2 : communes voisines'} onClose={onClose} giving={giving}
      action={`Arrêter ${codes.length < 2 ? 'cette commune' : `ces ${codes.length} communes`}`} onGive={() => giving.give('freeze-perimeter', { circle, communes: [...codes] })}
    >
      <CommunesField codes={codes} onChange={setCodes} departement={activation.departement} />
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

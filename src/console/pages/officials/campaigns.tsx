import { useState } from 'react';
import { clockTime } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { CIRCLES } from '../../../domain/outreach/targets.js';
import { mayIssue } from '../../../domain/rights.js';
import { toInstant } from '../../../domain/time.js';
import { timeInside } from '../../live.js';
import { OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { TextArea, TextField } from '../../ui/fields.js';
import type { HourProps } from '../hour/hour-props.js';
import { LocalInstantField, localOf, noInstant, readLocal } from '../local-instant.js';
import { OutsideResults } from './outside-results.js';

/** Campaigns that another automaton runs (GALA…): said here with their text and times, their result file brought in. */
export function Campaigns(props: HourProps) {
  const { board, me } = props;
  const { activation } = board;
  const [asked, setAsked] = useState<string>();
  const may = mayIssue(me.rights, 'record-outside-campaign', activation.lane) && activation.life !== 'sealed' && activation.life !== 'cancelled';
  const { campaigns } = activation.outreach;
  return (
    <section className="campaigns" aria-label="Automates extérieurs">
      <h3>Automates extérieurs</h3>
      {campaigns.length === 0 && <p className="dim">{fr("Une campagne lancée dans GALA ou un autre automate se consigne ici : son lancement prouve P07, son fichier de résultats compte les acquittements.")}</p>}
      <ul className="campaign-list">
        {campaigns.map((one) => (
          <li key={one.id}>
            <span><b>{board.text(one.tool) ?? '…'}</b> {fr(`cercle ${one.circle}, lancée à ${clockTime(one.startedAt, activation.timeZone)}${one.endedAt === undefined ? '' : `, finie à ${clockTime(one.endedAt, activation.timeZone)}`}`)}</span>
            <span className="dim">{one.results === 0 ? 'pas encore de résultats' : fr(`${count(one.results, 'résultat')}${one.unmatched > 0 ? `, ${count(one.unmatched, 'ligne')} hors périmètre` : ''}`)}</span>
            {may && <Button size="small" onPress={() => setAsked(one.id)}>{fr('Importer ses résultats…')}</Button>}
          </li>
        ))}
      </ul>
      {may && <Button size="small" onPress={() => setAsked('new')}>{fr('Consigner une campagne…')}</Button>}
      {asked === 'new' && <NewCampaign {...props} onClose={() => setAsked(undefined)} />}
      {asked !== undefined && asked !== 'new' && <OutsideResults board={board} campaign={asked} onClose={() => setAsked(undefined)} />}
    </section>
  );
}

function NewCampaign({ board: { activation }, onClose }: HourProps & { onClose: () => void }) {
  const giving = useOrder(activation);
  const zone = activation.timeZone;
  const circles = CIRCLES.filter((one) => activation.outreach.circles[one]);
  const [circle, setCircle] = useState<'1' | '2'>('1');
  const [tool, setTool] = useState('GALA');
  const [text, setText] = useState('');
  const [started, setStarted] = useState(() => localOf(timeInside(activation), zone));
  const [ended, setEnded] = useState(noInstant);
  const give = async () => {
    const from = readLocal(started, zone);
    const to = readLocal(ended, zone);
    if (from.is !== 'instant' || (to.is !== 'instant' && to.is !== 'empty')) {
      giving.setFault({ sentence: fr('Dites à quelle heure elle a été lancée ; la fin peut attendre.') });
      return false;
    }
    return giving.give('record-outside-campaign', {
      circle: circle === '1' ? 1 : 2, tool, text, startedAt: toInstant(from.at), ...(to.is === 'instant' ? { endedAt: toInstant(to.at) } : {}),
    });
  };
  return (
    <OrderDialog title="Consigner une campagne d'automate" onClose={onClose} giving={giving} action="Consigner cette campagne" onGive={give}>
      {circles.length > 1 && <RadioGroup<'1' | '2'> label="Vers" value={circle} onChange={setCircle} options={[{ value: '1', label: 'le cercle 1' }, { value: '2', label: 'le cercle 2' }]} />}
      <TextField label="Automate" value={tool} onChange={setTool} isRequired />
      <TextArea label="Texte diffusé" value={text} onChange={setText} rows={4} isRequired />
      <LocalInstantField label="Lancée à" zone={zone} value={started} onChange={setStarted} />
      <LocalInstantField label="Finie à (si elle l'est)" zone={zone} value={ended} onChange={setEnded} />
    </OrderDialog>
  );
}

import { useState } from 'react';
import { Link } from 'wouter';
import { count, fr } from '../../../contract/french-typography.js';
import type { NightEstimate } from '../../../contract/perimeters.js';
import type { Circles } from '../../../domain/outreach/choice.js';
import type { CallMeans, Estimate } from '../../../domain/outreach/estimate.js';
import { useCommuneNames } from '../../orders/communes.js';
import { Button } from '../../ui/button.js';
import { RadioGroup } from '../../ui/choices.js';
import { Disclosure } from '../../ui/dialog.js';
import { NumberField, Select } from '../../ui/fields.js';
import { Icon } from '../../ui/icons.js';
import { Notice } from '../../ui/notice.js';
import { adviceWords, hypothesesWords, lasting } from './night-words.js';
import { useEstimate } from './use-estimate.js';

type Scope = 'circle1' | 'both';
/** What accounts are allowed at once; the first is no limit. */
const CONCURRENT = [null, 2, 3, 5, 10, 20, 30, 60, 100] as const;

/** How long, by night and by day, with these lines and that pace; who cannot be reached; what one could do. */
export function NightPanel({ circles }: { circles: Circles }) {
  const [scope, setScope] = useState<Scope>('circle1');
  const [wished, setWished] = useState<Partial<CallMeans>>({});
  const isBoth = scope === 'both' && circles.circle2.length > 0;
  const { answer, fault } = useEstimate({ communes: [...circles.circle1, ...(isBoth ? circles.circle2 : [])], ...wished });
  return (
    <section className="night stack" aria-labelledby="night-title">
      <h2 id="night-title">Combien de temps ?</h2>
      {fault && <Notice kind="error" title={fault} />}
      {circles.circle2.length > 0 && (
        <RadioGroup label="Campagne vers" framed value={scope} onChange={setScope} options={[{ value: 'circle1', label: 'Le cercle 1' }, { value: 'both', label: 'Les deux' }]} />
      )}
      {answer && (
        <>
          {answer.night.communes === 0 ? <p className="help">{fr("Choisissez des communes : la durée s'affiche ici, de nuit et de jour.")}</p>
            : <div className="night-figures"><Figure title="De nuit" of={answer.night} /><Figure title="De jour" of={answer.day} /></div>}
          <Means means={{ ...answer.means, ...wished }} onChange={(more) => setWished({ ...wished, ...more })} />
          {answer.night.communes > 0 && <Found answer={answer} />}
          <Disclosure title="Ce qui est supposé">
            <ul className="night-list">{hypothesesWords(answer.hypotheses).map((line) => <li key={line}>{line}</li>)}</ul>
            <p className="help">{fr("Ce sont des hypothèses, réglables (« calls », dans le fichier des réglages). La durée est la médiane de plusieurs nuits jouées appel par appel.")}</p>
          </Disclosure>
        </>
      )}
    </section>
  );
}

function Figure({ title, of }: { title: string; of: Estimate }) {
  const left = of.communes - of.reached;
  return (
    <div className={`night-figure${of.enoughAfter === null ? ' out' : ''}`}>
      <h3>{title}</h3>
      <p className="night-big">{of.enoughAfter === null ? fr('Hors d’atteinte') : lasting(of.enoughAfter)}</p>
      <p>{fr(of.enoughAfter === null
        ? `95 % des ${count(of.communes, 'commune')} ne seraient jamais jointes : environ ${of.reached} le sont, en ${lasting(of.endsAfter)}.`
        : `pour joindre 95 % des ${count(of.communes, 'commune')}. ${left === 0 ? 'Toutes le sont' : `${left} ne le sont pas encore`} à la fin des appels, à ${lasting(of.endsAfter)}.`)}</p>
    </div>
  );
}

function Means({ means, onChange }: { means: CallMeans; onChange: (means: Partial<CallMeans>) => void }) {
  const options = [...new Set([...CONCURRENT, means.concurrent])].sort((x, y) => (x ?? 0) - (y ?? 0));
  return (
    <div className="night-means">
      <NumberField label="Lignes" value={means.lines} min={1} max={2_000} onChange={(lines) => Number.isFinite(lines) && onChange({ lines })} />
      <NumberField label="Appels par seconde" value={means.callsPerSecond} min={0.5} max={200} step={0.5} onChange={(callsPerSecond) => Number.isFinite(callsPerSecond) && onChange({ callsPerSecond })} />
      <Select
        label="Appels simultanés permis" value={String(means.concurrent ?? 'none')} onChange={(value) => onChange({ concurrent: value === 'none' ? null : Number(value) })}
        options={options.map((one) => ({ value: String(one ?? 'none'), label: one === null ? 'Sans limite' : one <= 3 ? fr(`${one} (compte récent)`) : String(one) }))}
      />
    </div>
  );
}

const SHOWN = 12;

function Found({ answer }: { answer: NightEstimate }) {
  const name = useCommuneNames();
  const [all, setAll] = useState(false);
  const { unreachable } = answer.night;
  const shown = all ? unreachable : unreachable.slice(0, SHOWN);
  return (
    <>
      {answer.advice.length > 0 && (
        <section className="stack-small" aria-labelledby="advice-title">
          <h3 id="advice-title">Que faire avant</h3>
          <ul className="night-list">
            {answer.advice.map((advice) => {
              const { what, gives } = adviceWords(advice);
              return <li key={advice.kind}><b>{what}</b><br />{gives}</li>;
            })}
          </ul>
        </section>
      )}
      <section className="stack-small" aria-labelledby="unreachable-title">
        <h3 id="unreachable-title">Personne à joindre la nuit</h3>
        {unreachable.length === 0
          ? <p className="night-fine"><Icon shape="checked" size={16} /> <span>{fr('Chaque commune a un numéro qui peut répondre.')}</span></p>
          : (
            <>
              <p className="help">{fr(`${count(unreachable.length, 'commune')} : pas de mobile, ou seulement la mairie. Chacune mène à sa fiche.`)}</p>
              <ul className="night-communes">{shown.map((code) => <li key={code}><Link href={`/annuaire?commune=${code}`}>{name(code)}</Link></li>)}</ul>
              {unreachable.length > SHOWN && <Button size="small" kind="tertiary" onPress={() => setAll(!all)}>{fr(all ? 'Réduire' : `Voir les ${unreachable.length}`)}</Button>}
            </>
          )}
      </section>
    </>
  );
}

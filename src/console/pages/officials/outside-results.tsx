import { useEffect, useState } from 'react';
import { outsideOutcomes } from '../../../contract/french.js';
import { capital, count, fr } from '../../../contract/french-typography.js';
import type { ResultFileShown } from '../../../contract/outside-results.js';
import type { OutsideColumns } from '../../../domain/outreach/outside-values.js';
import { OUTSIDE_OUTCOMES, type OutsideOutcome } from '../../../domain/outreach/targets.js';
import { get, sentenceOf } from '../../api.js';
import { FilesField, type Attached } from '../../orders/files.js';
import { OrderDialog } from '../../orders/order-form.js';
import { useOrder } from '../../orders/use-order.js';
import { Select } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import type { HourProps } from '../hour/hour-props.js';

const NONE = '';

/** The result file: what its columns hold, what each result means. Only a key pressed or a reply given acknowledges. */
export function OutsideResults({ board: { activation }, campaign, onClose }: Pick<HourProps, 'board'> & { campaign: string; onClose: () => void }) {
  const giving = useOrder(activation);
  const [files, setFiles] = useState<readonly Attached[]>([]);
  const [shown, setShown] = useState<ResultFileShown>();
  const [fault, setFault] = useState<string>();
  const [columns, setColumns] = useState<Partial<OutsideColumns>>({});
  const [meant, setMeant] = useState<Readonly<Record<string, OutsideOutcome | ''>>>({});
  const file = files.at(-1)?.digest;

  useEffect(() => {
    if (file === undefined) return;
    setShown(undefined);
    setFault(undefined);
    get<ResultFileShown>(`/api/activations/${activation.id}/outside-results/${file}`).then((found) => {
      setShown(found);
      setColumns(found.guessed);
    }, (error: unknown) => setFault(sentenceOf(error)));
  }, [activation.id, file]);

  const values = (columns.result === undefined ? undefined : shown?.values[columns.result]) ?? [];
  const outcomeOf = (value: string) => meant[value] ?? values.find((one) => one.value === value)?.guessed ?? NONE;
  const heard = values.filter(({ value }) => outcomeOf(value) === 'acknowledged').reduce((sum, { times }) => sum + times, 0);
  const give = async () => {
    if (file === undefined || columns.number === undefined || columns.result === undefined) {
      giving.setFault({ sentence: fr('Choisissez le fichier, la colonne du numéro et celle du résultat.') });
      return false;
    }
    const named = Object.fromEntries(values.map(({ value }) => [value, outcomeOf(value)] as const).filter((pair): pair is [string, OutsideOutcome] => pair[1] !== NONE));
    return giving.give('import-outside-results', { campaign, file, columns: { number: columns.number, result: columns.result, ...(columns.at ? { at: columns.at } : {}), ...(columns.time ? { time: columns.time } : {}) }, values: named });
  };
  const options = [{ value: NONE, label: 'aucune' }, ...(shown?.header ?? []).map((name) => ({ value: name, label: name }))];
  const column = (key: keyof OutsideColumns, label: string) => (
    <Select label={label} value={columns[key] ?? NONE} onChange={(name) => setColumns(({ [key]: _, ...others }) => (name === NONE ? others : { ...others, [key]: name }))} options={options} />
  );
  return (
    <OrderDialog title="Importer les résultats de l'automate" onClose={onClose} giving={giving} action="Importer ces résultats" onGive={give}>
      <FilesField activation={activation.id} files={files} onChange={setFiles}>Choisir le fichier (CSV ou XLSX)</FilesField>
      {fault && <Notice kind="error" title={fault} />}
      {shown && (
        <>
          <p className="help">{fr('Ce que vous dites de ses colonnes et de ses valeurs est gardé pour le prochain fichier de ce format.')}</p>
          {column('number', 'Numéro appelé')}
          {column('result', 'Résultat')}
          {column('at', 'Date et heure (facultatif)')}
          {column('time', 'Heure, si elle est à part')}
          {columns.result !== undefined && values.length === 0 && <p className="help">{fr("Cette colonne a trop de valeurs différentes pour être celle du résultat.")}</p>}
          {values.length > 0 && (
            <fieldset className="stack-small">
              <legend>{fr('Ce que veut dire chaque résultat')}</legend>
              {values.map(({ value, times }) => (
                <Select
                  key={value} label={fr(`${value} (${count(times, 'ligne')})`)} value={outcomeOf(value)} onChange={(outcome) => setMeant({ ...meant, [value]: outcome })}
                  options={[{ value: NONE, label: 'ne pas importer' }, ...OUTSIDE_OUTCOMES.map((outcome) => ({ value: outcome, label: capital(outsideOutcomes[outcome]) }))]}
                />
              ))}
              <p className="help">{fr(`${count(heard, 'acquittement')} au plus. « Décroché » n'en est pas un : seules une touche pressée ou une réponse acquittent.`)}</p>
            </fieldset>
          )}
        </>
      )}
    </OrderDialog>
  );
}

import { capital, count, fr } from '../../../contract/french-typography.js';
import type { Right } from '../../../domain/entry.js';
import { Checkbox } from '../../ui/choices.js';
import { Disclosure } from '../../ui/dialog.js';
import { ASSIGNABLE, asksSecondFactor, nameOfRight, ordersOf, rightPurposes } from './right-words.js';
import './rights.css';

interface Props {
  legend: string;
  chosen: readonly Right[];
  onChange: (rights: Right[]) => void;
  /** Those that cannot be taken away here. */
  fixed?: readonly Right[];
  offered?: readonly Right[];
  /** Of the heading inside. */
  level?: 2 | 3;
}

/** Several rights to one account if needed, each with what it allows. */
export function RightsChoice({ legend, chosen, onChange, fixed = [], offered = ASSIGNABLE, level = 3 }: Props) {
  const toggle = (right: Right) => (selected: boolean) =>
    onChange(ASSIGNABLE.filter((one) => (one === right ? selected : chosen.includes(one))));
  return (
    <fieldset className="rights">
      <legend className="label">{fr(legend)}</legend>
      <div className="rights-list">
        {offered.map((right) => (
          <Checkbox key={right} isSelected={chosen.includes(right)} onChange={toggle(right)} isDisabled={fixed.includes(right)} help={rightPurposes[right]}>
            {capital(nameOfRight(right))}
          </Checkbox>
        ))}
      </div>
      <p className="help">{fr(`Un second facteur sera demandé à : ${ASSIGNABLE.filter(asksSecondFactor).map(nameOfRight).join(', ')}.`)}</p>
      <Disclosure title="Ce que chaque droit permet exactement" level={level}>
        <dl className="rights-table">
          {offered.map((right) => {
            const orders = ordersOf(right);
            return (
              <div key={right}>
                <dt>{capital(nameOfRight(right))} <span className="dim">{count(orders.length, 'geste')}</span></dt>
                <dd>{orders.length === 0 ? 'aucun geste dans une activation' : orders.join(', ')}</dd>
              </div>
            );
          })}
        </dl>
      </Disclosure>
    </fieldset>
  );
}

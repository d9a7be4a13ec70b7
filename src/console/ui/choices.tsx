import type { ReactNode } from 'react';
import { CheckboxButton, CheckboxField } from 'react-aria-components/Checkbox';
import { FieldError, Label, RadioButton, RadioField, RadioGroup as AriaRadioGroup, Text } from 'react-aria-components/RadioGroup';
import { Collection, ComboBox as AriaComboBox, Input, ListBox, ListBoxItem, Popover } from 'react-aria-components/ComboBox';
import type { FieldWords } from './fields.js';
import { given } from './given.js';
import { Icon } from './icons.js';

export interface CheckboxProps {
  children: ReactNode;
  isSelected: boolean;
  onChange: (selected: boolean) => void;
  help?: ReactNode;
  isDisabled?: boolean | undefined;
}

export function Checkbox({ children, isSelected, onChange, help, isDisabled = false }: CheckboxProps) {
  return (
    <CheckboxField className="choice-field" isSelected={isSelected} onChange={onChange} isDisabled={isDisabled}>
      <CheckboxButton className="choice">
        <span className="box" aria-hidden="true"><svg viewBox="0 0 16 16"><path d="M3 8.3l3.3 3.3L13 4.5" fill="none" stroke="currentColor" strokeWidth="2.3" /></svg></span>
        <span>{children}</span>
      </CheckboxButton>
      {help && <Text slot="description" className="help">{help}</Text>}
    </CheckboxField>
  );
}

export interface RadioGroupProps<T extends string> extends FieldWords {
  value: T | '';
  onChange: (value: T) => void;
  options: readonly { value: T; label: ReactNode; help?: ReactNode; isDisabled?: boolean }[];
  /** Side by side, framed: for two or three short choices. */
  framed?: boolean | undefined;
}

export function RadioGroup<T extends string>({ value, onChange, options, framed, label, help, error, hideLabel, isRequired = false, isDisabled = false }: RadioGroupProps<T>) {
  return (
    <AriaRadioGroup
      className={`field radios${framed ? ' framed' : ''}`} value={value === '' ? null : value} onChange={(chosen) => onChange(chosen as T)}
      isInvalid={Boolean(error)} isRequired={isRequired} isDisabled={isDisabled}
    >
      <Label className={hideLabel ? 'hidden' : 'label'}>{label}{isRequired && <span className="dim"> (obligatoire)</span>}</Label>
      {help && <Text slot="description" className="help">{help}</Text>}
      <div className="radio-list">
        {options.map((option) => (
          <RadioField key={option.value} value={option.value} className="choice-field" isDisabled={option.isDisabled ?? false}>
            <RadioButton className="choice">
              <span className="ring" aria-hidden="true" />
              <span>{option.label}</span>
            </RadioButton>
            {option.help && <Text slot="description" className="help">{option.help}</Text>}
          </RadioField>
        ))}
      </div>
      <FieldError className="fault">{error}</FieldError>
    </AriaRadioGroup>
  );
}

export interface Suggestion {
  id: string;
  label: string;
  /** Beside it, quiet: "76540, arrondissement de Rouen". */
  detail?: string | undefined;
}

export interface ComboBoxProps extends FieldWords {
  /** What is typed; the page searches and gives back `items`. */
  query: string;
  onQuery: (query: string) => void;
  items: readonly Suggestion[];
  /** Picking empties nothing by itself: the page decides (add a commune and clear the field, or keep the name). */
  onPick: (item: Suggestion) => void;
  placeholder?: string | undefined;
  /** Shown when nothing matches. */
  empty?: string | undefined;
}

export function ComboBox({ query, onQuery, items, onPick, placeholder, empty, label, help, error, hideLabel, isRequired = false, isDisabled = false }: ComboBoxProps) {
  return (
    <AriaComboBox
      className="field combo" items={items} inputValue={query} onInputChange={onQuery} value={null} allowsEmptyCollection={Boolean(empty) && query !== ''}
      onChange={(key) => { const item = items.find((one) => one.id === key); if (item) onPick(item); }}
      menuTrigger="input" isInvalid={Boolean(error)} isRequired={isRequired} isDisabled={isDisabled} allowsCustomValue
    >
      <Label className={hideLabel ? 'hidden' : 'label'}>{label}</Label>
      {help && <Text slot="description" className="help">{help}</Text>}
      <span className="select">
        <Input className="input" {...given({ placeholder })} />
        <Icon shape="search" size={16} />
      </span>
      <FieldError className="fault">{error}</FieldError>
      <Popover className="popover" offset={2}>
        <ListBox className="list-box" renderEmptyState={() => <p className="help empty">{empty}</p>}>
          <Collection items={items}>
            {(item: Suggestion) => (
              <ListBoxItem id={item.id} textValue={item.label} className="option">
                <span>{item.label}</span>
                {item.detail && <span className="dim">{item.detail}</span>}
              </ListBoxItem>
            )}
          </Collection>
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}

import { useId, type HTMLInputTypeAttribute, type KeyboardEventHandler, type ReactNode, type Ref } from 'react';
import { FieldError, Input, Label, Text, TextArea as AriaTextArea, TextField as AriaTextField } from 'react-aria-components/TextField';
import { Button as AriaButton, Group, NumberField as AriaNumberField } from 'react-aria-components/NumberField';
import { given } from './given.js';
import { Icon } from './icons.js';

/** What every field says. An error says what to try; the help stays beside it. */
export interface FieldWords {
  label: ReactNode;
  help?: ReactNode;
  error?: ReactNode;
  /** The label is read out and not shown (a single field under a title that says it). */
  hideLabel?: boolean | undefined;
  isRequired?: boolean | undefined;
  isDisabled?: boolean | undefined;
}

function Words({ label, help, hideLabel, isRequired }: FieldWords) {
  return (
    <>
      <Label className={hideLabel ? 'hidden' : 'label'}>{label}{isRequired && <span className="dim"> (obligatoire)</span>}</Label>
      {help && <Text slot="description" className="help">{help}</Text>}
    </>
  );
}

function Fault({ children }: { children: ReactNode }) {
  return <FieldError className="fault">{children ? <><Icon shape="warn" size={14} /><span>{children}</span></> : undefined}</FieldError>;
}

const rules = ({ error, isRequired = false, isDisabled = false }: FieldWords) => ({ isInvalid: Boolean(error), isRequired, isDisabled });

export interface TextFieldProps extends FieldWords {
  value: string;
  onChange: (value: string) => void;
  type?: Extract<HTMLInputTypeAttribute, 'text' | 'email' | 'tel' | 'url' | 'password' | 'search'> | undefined;
  name?: string | undefined;
  placeholder?: string | undefined;
  autoComplete?: string | undefined;
  inputMode?: 'text' | 'numeric' | 'tel' | 'email' | 'url' | undefined;
  maxLength?: number | undefined;
  autoFocus?: boolean | undefined;
  /** Figures and codes: tabular, wider. */
  code?: boolean | undefined;
  onKeyDown?: KeyboardEventHandler<HTMLInputElement> | undefined;
  inputRef?: Ref<HTMLInputElement> | undefined;
}

export function TextField({ value, onChange, type = 'text', placeholder, code, inputRef, onKeyDown, label, help, error, hideLabel, isRequired, isDisabled, ...rest }: TextFieldProps) {
  const words = { label, help, error, hideLabel, isRequired, isDisabled };
  return (
    <AriaTextField {...given(rest)} {...rules(words)} className="field" value={value} onChange={onChange} type={type}>
      <Words {...words} />
      <Input className={`input${code ? ' code' : ''}`} {...given({ placeholder, ref: inputRef, onKeyDown })} />
      <Fault>{error}</Fault>
    </AriaTextField>
  );
}

export interface TextAreaProps extends FieldWords {
  value: string;
  onChange: (value: string) => void;
  rows?: number | undefined;
  name?: string | undefined;
  placeholder?: string | undefined;
  maxLength?: number | undefined;
  autoFocus?: boolean | undefined;
  onKeyDown?: KeyboardEventHandler<HTMLTextAreaElement> | undefined;
}

export function TextArea({ value, onChange, rows = 4, placeholder, onKeyDown, label, help, error, hideLabel, isRequired, isDisabled, ...rest }: TextAreaProps) {
  const words = { label, help, error, hideLabel, isRequired, isDisabled };
  return (
    <AriaTextField {...given(rest)} {...rules(words)} className="field" value={value} onChange={onChange}>
      <Words {...words} />
      <AriaTextArea className="input area" rows={rows} {...given({ placeholder, onKeyDown })} />
      <Fault>{error}</Fault>
    </AriaTextField>
  );
}

export interface NumberFieldProps extends FieldWords {
  value: number;
  onChange: (value: number) => void;
  min?: number | undefined;
  max?: number | undefined;
  step?: number | undefined;
}

export function NumberField({ value, onChange, min, max, step = 1, ...words }: NumberFieldProps) {
  return (
    <AriaNumberField
      {...rules(words)} className="field" value={value} onChange={onChange} step={step}
      {...given({ minValue: min, maxValue: max })}
    >
      <Words {...words} />
      <Group className="number">
        <Input className="input" />
        <AriaButton slot="decrement" className="button button-secondary">−</AriaButton>
        <AriaButton slot="increment" className="button button-secondary">+</AriaButton>
      </Group>
      <Fault>{words.error}</Fault>
    </AriaNumberField>
  );
}

interface NativeProps extends FieldWords {
  children: (described: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true; required?: boolean; disabled?: boolean }) => ReactNode;
}

/** Label, help and error around a control of the browser. */
function Native({ children, label, help, error, hideLabel, isRequired, isDisabled }: NativeProps) {
  const id = useId();
  const describedBy = [help && `${id}-help`, error && `${id}-error`].filter(Boolean).join(' ');
  return (
    <div className="field">
      <label className={hideLabel ? 'hidden' : 'label'} htmlFor={id}>{label}{isRequired && <span className="dim"> (obligatoire)</span>}</label>
      {help && <span className="help" id={`${id}-help`}>{help}</span>}
      {children({
        id, ...(describedBy ? { 'aria-describedby': describedBy } : {}), ...(error ? { 'aria-invalid': true } : {}),
        ...(isRequired ? { required: true } : {}), ...(isDisabled ? { disabled: true } : {}),
      })}
      {error && <span className="fault" id={`${id}-error`}><Icon shape="warn" size={14} /><span>{error}</span></span>}
    </div>
  );
}

export interface DateTimeFieldProps extends FieldWords {
  /** Local time without a zone: "2026-10-25T02:14:00", or "" (see `instantsOf` of the domain). */
  value: string;
  onChange: (local: string) => void;
  min?: string | undefined;
  max?: string | undefined;
  name?: string | undefined;
  /** Without seconds: for calendars. */
  minutesOnly?: boolean | undefined;
}

export function DateTimeField({ value, onChange, min, max, name, minutesOnly, ...words }: DateTimeFieldProps) {
  return (
    <Native {...words}>
      {(described) => (
        <input
          {...described} className="input code" type="datetime-local" step={minutesOnly ? 60 : 1} value={value} min={min} max={max} name={name}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Native>
  );
}

/** A day: "2026-10-25", or "". */
export function DateField({ value, onChange, min, max, name, ...words }: Omit<DateTimeFieldProps, 'minutesOnly'>) {
  return (
    <Native {...words}>
      {(described) => <input {...described} className="input code" type="date" value={value} min={min} max={max} name={name} onChange={(event) => onChange(event.target.value)} />}
    </Native>
  );
}

export interface SelectProps<T extends string> extends FieldWords {
  value: T | '';
  onChange: (value: T) => void;
  options: readonly { value: T; label: string; isDisabled?: boolean }[];
  /** Under a title each, after the options. */
  groups?: readonly { title: string; options: readonly { value: T; label: string }[] }[] | undefined;
  /** First line while nothing is chosen. */
  placeholder?: string | undefined;
  name?: string | undefined;
}

/** The browser's own list: the telephone shows its wheel, the keyboard works without us. */
export function Select<T extends string>({ value, onChange, options, groups = [], placeholder = 'Choisir', name, ...words }: SelectProps<T>) {
  return (
    <Native {...words}>
      {(described) => (
        <span className="select">
          <select {...described} className="input" value={value} name={name} onChange={(event) => onChange(event.target.value as T)}>
            {value === '' && <option value="" disabled>{placeholder}</option>}
            {options.map((option) => <option key={option.value} value={option.value} disabled={option.isDisabled}>{option.label}</option>)}
            {groups.filter((group) => group.options.length > 0).map((group) => (
              <optgroup key={group.title} label={group.title}>{group.options.map((option) => <option key={option.value} value={option.value}>{option.label}</option>)}</optgroup>
            ))}
          </select>
          <Icon shape="down" size={12} />
        </span>
      )}
    </Native>
  );
}

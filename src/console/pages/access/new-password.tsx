import { useState } from 'react';
import { refusalSentence } from '../../../contract/french.js';
import { fr } from '../../../contract/french-typography.js';
import { PASSWORD_LEAST, PASSWORD_MOST, weaknessOf } from '../../../domain/people/password.js';
import { refuse } from '../../../domain/refusal.js';
import { Checkbox } from '../../ui/choices.js';
import { TextField } from '../../ui/fields.js';

interface Props {
  value: string;
  onChange: (password: string) => void;
  login: string;
  /** Said only once somebody has tried to send it. */
  tried: boolean;
  label?: string;
}

/** What is wrong with a new password, as the server would say; undefined when it will do. */
export function passwordFault(password: string, login: string): string | undefined {
  const why = weaknessOf(password, login);
  return why && refusalSentence(refuse('weak-password', { why }));
}

/** A password to choose: length is what counts, and one may look at what one types. */
export function NewPassword({ value, onChange, login, tried, label = 'Mot de passe' }: Props) {
  const [shown, setShown] = useState(false);
  return (
    <div className="stack-tight">
      <TextField
        label={label} type={shown ? 'text' : 'password'} value={value} onChange={onChange} autoComplete="new-password" maxLength={PASSWORD_MOST} isRequired
        help={fr(`${PASSWORD_LEAST} caractères au moins. Quatre mots sans lien entre eux valent mieux que des signes.`)}
        error={tried ? passwordFault(value, login) : undefined}
      />
      <Checkbox isSelected={shown} onChange={setShown}>Montrer le mot de passe</Checkbox>
    </div>
  );
}

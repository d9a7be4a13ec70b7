import { useState } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { useCommuneNames, useCommuneSearch } from '../../orders/communes.js';
import { ComboBox } from '../../ui/choices.js';

interface Props {
  label: string;
  code: string | undefined;
  onChange: (code: string | undefined) => void;
  error?: string | undefined;
}

/** One commune of the official list, or none once its name is taken away. */
export function CommuneField({ label, code, onChange, error }: Props) {
  const name = useCommuneNames();
  const [typed, setTyped] = useState<string>();
  const found = useCommuneSearch(typed ?? '');
  const type = (text: string) => {
    setTyped(text);
    if (text.trim() === '' && code !== undefined) onChange(undefined);
  };
  return (
    <ComboBox
      label={label} query={typed ?? (code === undefined ? '' : `${name(code)} (${code})`)} onQuery={type} error={error} placeholder="Nom ou code"
      items={found.map((one) => ({ id: one.code, label: one.name, detail: one.code }))} empty={fr('Aucune commune de ce nom dans la liste officielle.')}
      onPick={({ id }) => {
        setTyped(undefined);
        onChange(id);
      }}
    />
  );
}

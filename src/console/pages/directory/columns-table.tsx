import { fr } from '../../../contract/french-typography.js';
import { ownListFieldName } from '../../../contract/import-words.js';
import { OWN_LIST_FIELDS, type OwnListField } from '../../../domain/directory/imports.js';
import type { FileSeen } from '../../../contract/imports.js';
import { Select } from '../../ui/fields.js';

const OPTIONS = OWN_LIST_FIELDS.map((value) => ({ value, label: ownListFieldName(value) }));

interface ColumnsTableProps {
  columns: FileSeen['columns'];
  mapping: readonly OwnListField[];
  onChange: (mapping: OwnListField[]) => void;
}

/** What each column of the list holds: its name, its first cells, and one choice. */
export function ColumnsTable({ columns, mapping, onChange }: ColumnsTableProps) {
  return (
    <ul className="import-columns">
      {columns.map(({ name, examples }, at) => (
        <li key={at} className={mapping[at] === 'ignored' ? 'is-ignored' : undefined}>
          <div>
            <b>{name === '' ? fr(`Colonne ${at + 1}, sans titre`) : name}</b>
            <p className="help">{examples.length === 0 ? 'vide' : examples.join(' · ')}</p>
          </div>
          <Select
            label={fr(`Ce que contient « ${name || at + 1} »`)} hideLabel value={mapping[at] ?? 'ignored'} options={OPTIONS}
            onChange={(field) => onChange(mapping.map((one, i) => (i === at ? field : one)))}
          />
        </li>
      ))}
    </ul>
  );
}

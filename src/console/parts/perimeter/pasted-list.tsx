import { useState } from 'react';
import { count, fr } from '../../../contract/french-typography.js';
import type { Commune } from '../../../domain/communes.js';
import { readCommuneList, type UnreadLine } from '../../../domain/outreach/choice.js';
import type { Circle } from '../../../domain/outreach/targets.js';
import { useAllCommunes } from '../../orders/communes.js';
import { Button } from '../../ui/button.js';
import { TextArea } from '../../ui/fields.js';
import { Icon } from '../../ui/icons.js';

/** What was understood is added; what was not stays in the field, said line by line, and a homonym asks which. */
export function PastedList({ circle, onAdd }: { circle: Circle; onAdd: (codes: readonly string[]) => void }) {
  const communes = useAllCommunes();
  const [text, setText] = useState('');
  const { codes, unread } = readCommuneList(text, communes ?? []);
  const isWaiting = communes === undefined && text !== '';
  const add = () => {
    onAdd(codes);
    setText(unread.map((line) => line.text).join('\n'));
  };
  const answer = (line: UnreadLine, code: string) => {
    onAdd([...codes, code]);
    setText(unread.filter((other) => other !== line).map((other) => other.text).join('\n'));
  };
  return (
    <div className="picker-way">
      <TextArea label="Noms ou codes officiels" help={fr('Un par ligne, ou séparés par des virgules ; un tableau collé convient aussi.')} rows={5} value={text} onChange={setText} maxLength={100_000} />
      <p className="help" role="status">
        {isWaiting ? 'La liste officielle arrive…' : text === '' ? '' : fr(`${count(codes.length, 'commune reconnue', 'communes reconnues')}${unread.length > 0 ? `, ${count(unread.length, 'ligne')} à revoir` : ''}.`)}
      </p>
      {!isWaiting && unread.length > 0 && (
        <ul className="picker-unread" aria-label={fr(`Cercle ${circle} : lignes à revoir`)}>
          {unread.slice(0, 30).map((line) => (
            <li key={`${line.line} ${line.text}`}>
              <p><Icon shape="warn" size={14} /> <span>{fr(`Ligne ${line.line} :`)} <b>{line.text.slice(0, 80)}</b>{fr(line.among.length > 0 ? ' : laquelle ?' : ' : aucune commune de ce nom ni de ce code.')}</span></p>
              {line.among.length > 0 && (
                <div className="row">
                  {line.among.map((code) => <Button key={code} size="small" onPress={() => answer(line, code)}>{named(communes?.find((one) => one.code === code), code)}</Button>)}
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {unread.length > 30 && <p className="help">{fr(`Et ${count(unread.length - 30, 'autre ligne', 'autres lignes')}.`)}</p>}
      <Button isDisabled={codes.length === 0} onPress={add}>{codes.length === 0 ? 'Ajouter' : `Ajouter ${count(codes.length, 'commune')}`}</Button>
    </div>
  );
}

function named(commune: Commune | undefined, code: string): string {
  return commune ? fr(`${commune.name} (${commune.code}${commune.epci ? `, ${commune.epci.name}` : ''})`) : code;
}

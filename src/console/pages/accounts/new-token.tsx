import { useState, type SubmitEvent } from 'react';
import { capital, fr } from '../../../contract/french-typography.js';
import type { TokenIssued } from '../../../contract/people.js';
import { TOKEN_OPERATIONS } from '../../../domain/administration-rules.js';
import { HOUR, toInstant, type Ms } from '../../../domain/time.js';
import { post } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Button } from '../../ui/button.js';
import { Checkbox, RadioGroup } from '../../ui/choices.js';
import { Dialog } from '../../ui/dialog.js';
import { TextField } from '../../ui/fields.js';
import { Notice } from '../../ui/notice.js';
import { day } from '../../../contract/french-times.js';
import { useAccess } from '../access/use-access.js';
import { operationWords } from './operation-words.js';
import './rights.css';

const LIVES = { '30': 'Un mois', '90': 'Trois mois', '365': 'Un an' } as const;
type Days = keyof typeof LIVES;
const DAY: Ms = 24 * HOUR;

/** By default it only declares a T0, and for three months: what is not needed is not given. */
export function NewToken({ zone, onClose, onIssued }: { zone: string; onClose: () => void; onIssued: (issued: TokenIssued) => void }) {
  const [name, setName] = useState('');
  const [operations, setOperations] = useState<string[]>(['declare-t0']);
  const [days, setDays] = useState<Days>('90');
  const [tried, setTried] = useState(false);
  const { attempt, pending, fault } = useAccess();
  const ends = serverClock.wall() + Number(days) * DAY;
  const issue = async () => {
    setTried(true);
    if (name.trim() === '' || operations.length === 0) return;
    await attempt(async () => onIssued(await post<TokenIssued>('/api/tokens', { name, operations, expiresAt: toInstant(ends) })));
  };
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault();
    void issue();
  };
  return (
    <Dialog
      isOpen onClose={onClose} title="Émettre un jeton"
      actions={<><Button onPress={onClose}>Annuler</Button><Button kind="primary" isPending={pending} onPress={() => void issue()}>Émettre le jeton</Button></>}
    >
      <form className="stack" onSubmit={onSubmit} noValidate>
        <TextField
          label="Nom du script" value={name} onChange={setName} isRequired maxLength={120} autoComplete="off" help={fr('Il paraîtra au journal : « relais SYNERGI, poste du SIDPC ».')}
          error={tried && name.trim() === '' ? fr('Donnez-lui un nom.') : undefined}
        />
        <fieldset className="rights">
          <legend className="label">{fr("Ce qu'il peut faire")}</legend>
          {TOKEN_OPERATIONS.map((one) => (
            <Checkbox
              key={one} isSelected={operations.includes(one)}
              onChange={(selected) => setOperations(TOKEN_OPERATIONS.filter((other) => (other === one ? selected : operations.includes(other))))}
            >
              {capital(operationWords(one))}
            </Checkbox>
          ))}
          {tried && operations.length === 0 && <p className="fault" role="alert">{fr('Choisissez au moins une opération.')}</p>}
        </fieldset>
        <RadioGroup
          label="Durée" framed value={days} onChange={setDays} help={fr(`Jusqu'au ${day(ends, zone)}.`)}
          options={(Object.keys(LIVES) as Days[]).map((value) => ({ value, label: LIVES[value] }))}
        />
        {fault && <Notice kind="error" title={fault} />}
        <button type="submit" hidden aria-hidden="true" tabIndex={-1} />
      </form>
    </Dialog>
  );
}

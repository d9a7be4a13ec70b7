import { functionNames } from '../../../contract/french.js';
import { capital, fr, listed } from '../../../contract/french-typography.js';
import type { OnCallNow, ShiftLine } from '../../../contract/on-call.js';
import { dutyTime } from '../../../contract/on-call-words.js';
import { Icon } from '../../ui/icons.js';

/** Of each function: who is on call, until when; where nobody is, it is said, and who comes next. */
export function WhoNow({ functions, zone }: { functions: OnCallNow['functions']; zone: string }) {
  return (
    <ul className="duty-now">
      {functions.map(({ function: code, now, next }) => (
        <li key={code} className={now.length === 0 ? 'duty-nobody' : undefined}>
          <span className="duty-code">{code}</span>
          <div>
            <p className="dim">{capital(functionNames[code])}</p>
            {now.length === 0
              ? <p className="duty-who over"><Icon shape="missed" size={16} /><span>{fr('Personne')}</span></p>
              : <p className="duty-who">{listed([...new Set(now.map(nameOf))])}</p>}
            <p className="help">{now.length > 0 ? fr(`jusqu'au ${dutyTime(Math.max(...now.map(({ to }) => to)), zone)}`) : next ? fr(`${nameOf(next)} à partir du ${dutyTime(next.from, zone)}`) : fr("et personne ensuite : le calendrier s'arrête là")}</p>
            {now.some(({ unknown }) => unknown !== null) && <p className="help watch">{fr("pas reconnu dans l'annuaire")}</p>}
          </div>
        </li>
      ))}
    </ul>
  );
}

function nameOf({ name }: ShiftLine): string {
  return name || fr('(sans titre)');
}

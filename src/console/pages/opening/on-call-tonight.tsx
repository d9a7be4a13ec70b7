import { fr } from '../../../contract/french-typography.js';
import type { OnCallNow, OnCallWeeks } from '../../../contract/on-call.js';
import { concernWords } from '../../../contract/on-call-words.js';
import { calendarFaultWords } from '../../../contract/failure-words.js';
import { Icon } from '../../ui/icons.js';
import { PageLink } from '../../frame/page-link.js';
import { useReading } from '../accounts/use-listing.js';
import { WhoNow } from '../duty/who-now.js';
import '../duty.css';

/** More than these are counted: the page of who is on call has them all. */
const SHOWN = 4;

/** Who is on call tonight, and what is missing in the weeks ahead: in view of whoever opens the console by day. */
export function OnCallTonight({ zone, hasPage }: { zone: string; hasPage: boolean }) {
  const now = useReading<OnCallNow>('/api/on-call').lines;
  const weeks = useReading<OnCallWeeks>('/api/on-call/weeks').lines;
  if (!now || !weeks || now.functions.length === 0) return null;
  const concerns = weeks.functions.flatMap(({ function: code, concerns: found }) => found.map((one) => ({ ...one, code }))).sort((x, y) => x.from - y.from);
  return (
    <section className="opening-on-call" aria-labelledby="on-call-title">
      <div className="spread">
        <h2 id="on-call-title">{fr("D'astreinte")}</h2>
        {hasPage && <PageLink href="/astreinte">Les semaines qui viennent</PageLink>}
      </div>
      <WhoNow functions={now.functions} zone={zone} />
      {(concerns.length > 0 || weeks.faults.length > 0) && (
        <ul className="duty-concerns">
          {concerns.slice(0, SHOWN).map((one) => <li key={`${one.code} ${one.kind} ${one.from}`}><span className={one.kind === 'gap' ? 'over' : 'watch'}><Icon shape={one.kind === 'gap' ? 'missed' : 'warn'} /></span><span>{concernWords(one, one.code, zone)}</span></li>)}
          {concerns.length > SHOWN && <li className="dim">{fr(`et ${concerns.length - SHOWN} de plus`)}</li>}
          {weeks.faults.map((one) => <li key={one.calendar}><span className="over"><Icon shape="missed" /></span><span>{fr(`Calendrier « ${one.name} » pas relu : ${calendarFaultWords(one.fault)}.`)}</span></li>)}
        </ul>
      )}
    </section>
  );
}

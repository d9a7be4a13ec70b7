import { day } from '../../../contract/french-times.js';
import { fr } from '../../../contract/french-typography.js';
import type { ContactLine } from '../../../contract/directory.js';
import { me } from '../../api.js';
import { serverClock } from '../../clock.js';
import { Icon } from '../../ui/icons.js';

const MONTH = 365.25 * 86_400_000 / 12;
const LINES = { mobile: 'mobile', fixed: 'fixe', unknown: 'ligne inconnue' };

/** Masked, with its kind of line and whether somebody has checked it lately. */
export function ContactShown({ contact, freshnessMonths, whole }: { contact: ContactLine; freshnessMonths: number; whole?: string | undefined }) {
  const { kind, shown, line, checkedAt } = contact;
  const isOld = checkedAt === null || serverClock.wall() - checkedAt > freshnessMonths * MONTH;
  return (
    <span className="contact">
      <span className={`contact-value${whole === undefined ? '' : ' whole'}`}>{whole ?? shown}</span>
      <span className="dim">{kind === 'email' ? 'courriel' : LINES[line ?? 'unknown']}</span>
      <span className={isOld ? 'contact-old' : 'dim'}>
        {isOld && <Icon shape="warn" size={12} />}
        <span>{fr(checkedAt === null ? 'jamais vérifié' : `vérifié le ${day(checkedAt, me()?.house.timeZone ?? 'Europe/Paris')}`)}</span>
      </span>
    </span>
  );
}

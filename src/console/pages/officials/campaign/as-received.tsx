import { count, fr } from '../../../../contract/french-typography.js';
import { smsWeight } from '../../../../domain/outreach/sms.js';
import { smsText, spoken, type Wording } from '../../../../domain/outreach/wording.js';
import type { TelephonyShown } from '../../../../contract/telephony.js';
import { useHouse } from '../../../house.js';
import { useReading } from '../../accounts/use-listing.js';

/** As long as a real one: what follows the slash is different for each person. */
const TOKEN = 'xxxxxxxxxxxxxxxx';
const CODE = '000000';

/** The one text, as it will be heard and as it will be read: nothing is added afterwards. */
export function AsReceived({ wording, withVoice = true, withSms = true }: { wording: Wording; withVoice?: boolean; withSms?: boolean }) {
  const house = useHouse();
  const { lines: telephony } = useReading<TelephonyShown>('/api/telephony');
  const callBack = telephony?.callBack ?? undefined;
  // What is offered is what works; in an exercise nothing is, and all of it is shown.
  const canReply = wording.lane === 'exercise' || (telephony?.accounts.some((one) => one.texts && one.canReceive) ?? true);
  const sms = smsText(wording, { link: `${house?.publicUrl ?? ''}/r/${TOKEN}`, canReply, ...(callBack ? { callBack: { number: callBack, code: CODE } } : {}) });
  const { characters, segments, encoding, forcing } = smsWeight(sms);
  return (
    <div className="as-received">
      {withVoice && (
        <section aria-label={fr('Au téléphone')}>
          <h3>{fr('Au téléphone')}</h3>
          <div className="heard">{spoken(wording).map((sentence, i) => <p key={`${i} ${sentence}`}>{fr(sentence)}</p>)}</div>
        </section>
      )}
      {withSms && (
        <section aria-label="Par SMS">
          <h3>Par SMS</h3>
          <p className="sms">{sms}</p>
          <p className={encoding === 'UCS-2' ? 'watch' : 'dim'}>{fr(`${count(characters, 'caractère')}, ${count(segments, 'segment')} (${encoding}).`)}</p>
          {forcing.length > 0 && <p className="watch">{fr(`${forcing.map((char) => `« ${char} »`).join(', ')} ${forcing.length === 1 ? 'impose' : 'imposent'} 70 caractères par segment : remplacez-${forcing.length === 1 ? 'le' : 'les'} si vous pouvez.`)}</p>}
          <p className="help">{fr(`Les lettres que les téléphones comptent double sont récrites.${canReply ? '' : ' Cette ligne ne reçoit pas de réponse : elle n’est pas proposée.'} Le lien${callBack ? ' et le code sont ceux' : ' est celui'} de chacun.`)}</p>
        </section>
      )}
    </div>
  );
}

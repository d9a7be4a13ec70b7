import { useState } from 'react';
import { MAX_SPOKEN } from '../../../../contract/forms.js';
import { clockMinute } from '../../../../contract/french-times.js';
import { count, fr } from '../../../../contract/french-typography.js';
import type { TelephonyShown } from '../../../../contract/telephony.js';
import { WAYS, type Way } from '../../../../domain/outreach/reaching.js';
import { CIRCLES, type Circle } from '../../../../domain/outreach/targets.js';
import { coverage } from '../../../../domain/outreach/coverage.js';
import { officialsCampaigns } from '../../../../domain/views/campaign.js';
import { useNow } from '../../../live.js';
import { useDraft } from '../../../orders/draft.js';
import { FaultNotice } from '../../../orders/order-form.js';
import { useOrder } from '../../../orders/use-order.js';
import { Button } from '../../../ui/button.js';
import { Checkbox } from '../../../ui/choices.js';
import { Confirm } from '../../../ui/dialog.js';
import { NumberField, TextArea } from '../../../ui/fields.js';
import { Notice } from '../../../ui/notice.js';
import type { HourProps } from '../../hour/hour-props.js';
import { useReading } from '../../accounts/use-listing.js';
import { lasting } from '../../perimeters/night-words.js';
import { useEstimate } from '../../perimeters/use-estimate.js';
import { AsReceived } from './as-received.js';
import { circlesWords, isNight, startWords } from './campaign-words.js';
import { NoTelephony } from './no-telephony.js';

const WAY_CHOICES: Record<Way, string> = { voice: fr('Appel vocal'), sms: 'SMS', mail: 'Courriel' };

/** P07, P10: the text typed once, whom, by what and how fast; then two gestures, the second says what will happen. */
export function Composer({ board, me, free, onClose }: HourProps & { free: readonly Circle[]; onClose: () => void }) {
  const { activation } = board;
  const { outreach, timeZone: zone } = activation;
  const exercise = activation.lane === 'exercise';
  const first = officialsCampaigns(activation).at(-1);
  const giving = useOrder(activation);
  const [typed, setText] = useDraft(`${me.account} ${activation.id} campaign`, 'device');
  const [isTyped, setTyped] = useState(typed !== '');
  // A later campaign starts from the first: its words, its ways, its lines.
  const before = board.text(first?.texts.at(-1)?.text) ?? '';
  const text = isTyped ? typed : before;
  const [circles, setCircles] = useState<readonly Circle[]>(free.slice(0, 1));
  const [ways, setWays] = useState<readonly Way[]>(first?.ways ?? WAYS);
  const [lines, setLines] = useState<number | undefined>(first?.lines);
  const [pace, setPace] = useState<number | undefined>(first?.callsPerSecond);
  const [isAsked, setAsked] = useState(false);
  const chosen = circles.filter((circle) => free.includes(circle));
  const communes = chosen.flatMap((circle) => outreach.circles[circle]?.communes ?? []);
  const people = communes.reduce((sum, commune) => sum + (outreach.byCommune[commune]?.length ?? 0), 0);
  const { answer, fault } = useEstimate({ communes: [...communes], ...(lines === undefined ? {} : { lines }), ...(pace === undefined ? {} : { callsPerSecond: pace }) });
  const means = answer && { lines: lines ?? answer.means.lines, callsPerSecond: pace ?? answer.means.callsPerSecond };
  const toggle = <T,>(all: readonly T[], chosenOnes: readonly T[], one: T, isOn: boolean) => all.filter((other) => (other === one ? isOn : chosenOnes.includes(other)));
  // Unknown until it is read, and for whoever may not read it: the server then says so.
  const { lines: telephony } = useReading<TelephonyShown>('/api/telephony');
  const isThere = (way: Way) => exercise || telephony === undefined || telephony.ways.includes(way);
  const leaving = ways.filter(isThere);
  const isMute = WAYS.every((way) => !isThere(way));
  const lacks = isMute ? fr('Rien ne peut être appelé d’ici : le texte reste, pour le lire ou le confier.') : text.trim() === '' ? fr('Écrivez le message : il sera lu au téléphone et envoyé par SMS.') : chosen.length === 0 ? fr('Choisissez un cercle.') : leaving.length === 0 ? fr('Choisissez au moins une voie.') : undefined;
  const start = async () => {
    if (!means) return;
    if (!(await giving.give('start-campaign', { circles: [...chosen], text: text.trim(), ways: [...leaving], ...means }))) throw new Error('refused');
    setText('');
    onClose();
  };
  const refused = giving.fault?.problem?.refused === 'no-telephony';
  const words = means && startWords({ communes: communes.length, people, lines: means.lines, exercise });
  return (
    <section className="composer" aria-labelledby="composer-title">
      <div className="spread">
        <h2 id="composer-title">{fr(exercise ? 'EXERCICE : campagne d’appels' : 'Campagne d’appels')}</h2>
        <Button size="small" kind="tertiary" onPress={onClose}>Fermer</Button>
      </div>
      {first && (
        <Notice announce={false} title={fr(`Cette campagne repart de la première, lancée à ${clockMinute(first.startedAt, zone)} : son texte et ses réglages sont repris.`)}>
          {fr('Ce qui a été acquitté avant elle ne l’acquitte pas : chacun est joint de nouveau.')}
        </Notice>
      )}
      <div className="composer-columns">
        <div className="stack">
          <TextArea
            label="Message" value={text} onChange={(next) => { setTyped(true); setText(next); }} rows={5} maxLength={MAX_SPOKEN} isRequired
            help={fr('Qui appelle, que c’est un automate et quelle touche presser : c’est dit sans que vous l’écriviez. Gardé sur cet appareil tant que rien n’est lancé.')}
          />
          <div className="composer-choices">
            <fieldset>
              <legend className="label">Vers</legend>
              {CIRCLES.filter((circle) => outreach.circles[circle]).map((circle) => (
                <Checkbox key={circle} isSelected={chosen.includes(circle)} isDisabled={!free.includes(circle)} onChange={(isOn) => setCircles(toggle(CIRCLES, circles, circle, isOn))}>
                  {fr(`Cercle ${circle}, ${count(outreach.circles[circle]!.communes.length, 'commune')}${free.includes(circle) ? '' : ' (une campagne court)'}`)}
                </Checkbox>
              ))}
            </fieldset>
            <fieldset>
              <legend className="label">Par</legend>
              {WAYS.map((way) => <Checkbox key={way} isSelected={leaving.includes(way)} isDisabled={!isThere(way)} onChange={(isOn) => setWays(toggle(WAYS, ways, way, isOn))}>{fr(`${WAY_CHOICES[way]}${isThere(way) ? '' : ' (pas réglé ici)'}`)}</Checkbox>)}
            </fieldset>
          </div>
          {means && (
            <div className="night-means">
              <NumberField label="Lignes" value={means.lines} min={1} max={2_000} onChange={(n) => Number.isFinite(n) && setLines(n)} />
              <NumberField label="Appels par seconde" value={means.callsPerSecond} min={0.5} max={200} step={0.5} onChange={(n) => Number.isFinite(n) && setPace(n)} />
            </div>
          )}
          {fault && <Notice kind="watch" announce={false} title={fault} />}
        </div>
        <AsReceived wording={{ lane: activation.lane, purpose: 'officials', prefecture: activation.prefecture, text: text.trim() || fr('(votre message)') }} withVoice={isMute || leaving.includes('voice')} withSms={isMute || leaving.includes('sms')} />
      </div>
      {answer && communes.length > 0 && leaving.includes('voice') && (
        <p className="composer-estimate">
          {(['night', 'day'] as const).map((hour) => (
            <span key={hour}>{fr(hour === 'night' ? 'De nuit' : 'De jour')} <b>{answer[hour].enoughAfter === null ? fr('95 % hors d’atteinte') : fr(`95 % en ${lasting(answer[hour].enoughAfter)}`)}</b></span>
          ))}
        </p>
      )}
      {refused || isMute ? <NoTelephony activation={activation} /> : <FaultNotice giving={giving} />}
      <div className="row">
        <Button kind="primary" size="large" isDisabled={lacks !== undefined || !means} onPress={() => setAsked(true)}>{fr(exercise ? 'Lancer l’exercice d’appels…' : 'Lancer la campagne…')}</Button>
        {lacks && <span className="dim">{lacks}</span>}
      </div>
      {isAsked && words && (
        <Confirm isOpen onClose={() => setAsked(false)} title={fr(`${words} ?`)} action={words} onConfirm={start}>
          <Consequences board={board} me={me} chosen={chosen} ways={leaving} night={answer?.night.enoughAfter} day={answer?.day.enoughAfter} />
          {giving.fault && !refused && <FaultNotice giving={giving} />}
          {refused && <NoTelephony activation={activation} />}
        </Confirm>
      )}
    </section>
  );
}

/** What will happen, with the hour at which it should be enough. Renders each second: the hour moves. */
function Consequences({ board: { activation }, chosen, ways, night, day }: Pick<HourProps, 'board' | 'me'> & { chosen: readonly Circle[]; ways: readonly Way[]; night: number | null | undefined; day: number | null | undefined }) {
  const now = useNow(activation);
  const zone = activation.timeZone;
  const after = isNight(now, zone) ? night : day;
  const isFirst = officialsCampaigns(activation).length === 0;
  const already = isFirst ? chosen.reduce((sum, circle) => sum + coverage(activation.outreach, circle).by.acknowledged, 0) : 0;
  return (
    <ul className="consequences">
      {activation.lane === 'test' && <li><b>{fr('ESSAI : seules les personnes de la liste d’essai sont appelées ; chaque message commence et finit par EXERCICE EXERCICE EXERCICE.')}</b></li>}
      {activation.lane === 'exercise' && <li><b>{fr('EXERCICE : personne n’est appelé, rien ne sort de la préfecture. Une population simulée répond.')}</b></li>}
      {ways.includes('voice') && <li><b>{fr(after === undefined ? '95 % : durée inconnue' : after === null ? '95 % ne seront pas atteints par l’automate seul' : `95 % vers ${clockMinute(now + after, zone)}`)}</b></li>}
      <li>{fr(`Élus ${circlesWords(chosen)}, par ${ways.map((way) => ({ voice: 'téléphone', sms: 'SMS', mail: 'courriel' })[way]).join(', ')}. Le cercle 1 passe d’abord.`)}</li>
      {already > 0 && <li>{fr(`${count(already, 'commune a déjà acquitté et n’est pas appelée', 'communes ont déjà acquitté et ne sont pas appelées')}.`)}</li>}
      <li>{fr('Elle peut être suspendue, changée ou arrêtée à tout moment ; un appel déjà entendu ne se reprend pas.')}</li>
    </ul>
  );
}

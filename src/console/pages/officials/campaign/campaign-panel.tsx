import { useState } from 'react';
import { clockTime } from '../../../../contract/french-times.js';
import { capital, count, fr } from '../../../../contract/french-typography.js';
import type { Activation, Attempt, Campaign } from '../../../../domain/state.js';
import { mayIssue } from '../../../../domain/rights.js';
import { acknowledgedFormer, campaignFigures, type CampaignFigures } from '../../../../domain/views/campaign.js';
import { useNow } from '../../../live.js';
import { FaultNotice } from '../../../orders/order-form.js';
import { useTargetNames } from '../../../orders/names.js';
import { useOrder } from '../../../orders/use-order.js';
import { Button } from '../../../ui/button.js';
import { Confirm, Disclosure } from '../../../ui/dialog.js';
import { ProgressBar } from '../../../ui/notice.js';
import type { HourProps } from '../../hour/hour-props.js';
import { circlesWords, endingWords, outcomeCount, rateWords, standingWords } from './campaign-words.js';
import { ChangeText } from './change-text.js';

type Shown = HourProps & { campaign: Readonly<Campaign> };

/** A campaign that runs: how far, how fast, until when, what is in doubt, and the three things that one may do to it. */
export function CampaignPanel(props: Shown) {
  const { board: { activation }, me, campaign } = props;
  const giving = useOrder(activation);
  const [asked, setAsked] = useState<'text' | 'stop'>();
  const may = activation.life === 'running' && mayIssue(me.rights, 'stop-campaign', activation.lane);
  const isPaused = campaign.status === 'paused';
  return (
    <section className={`campaign campaign-${campaign.status}`} aria-label={fr(`Campagne vers les élus ${circlesWords(campaign.circles)}`)}>
      {activation.lane === 'test' && <p className="campaign-exercise"><b>ESSAI</b> {fr('seules les personnes de la liste d’essai sont appelées.')}</p>}
      {activation.lane === 'exercise' && <p className="campaign-exercise"><b>EXERCICE</b> {fr('personne n’est appelé : une population simulée répond.')}</p>}
      <Figures {...props} />
      {may && (
        <div className="row">
          <Button kind={isPaused ? 'primary' : 'secondary'} isPending={giving.pending} onPress={() => void giving.give(isPaused ? 'resume-campaign' : 'pause-campaign', { campaign: campaign.id })}>{isPaused ? 'Reprendre' : 'Suspendre'}</Button>
          <Button onPress={() => setAsked('text')}>{fr('Changer le texte…')}</Button>
          <Button kind="danger-outline" onPress={() => setAsked('stop')}>{fr('Arrêter…')}</Button>
        </div>
      )}
      <FaultNotice giving={giving} />
      <Texts {...props} />
      {asked === 'text' && <ChangeText {...props} onClose={() => setAsked(undefined)} />}
      {asked === 'stop' && (
        <Confirm
          isOpen danger onClose={() => setAsked(undefined)} title={fr('Arrêter cette campagne ?')} action={fr('Arrêter cette campagne')}
          onConfirm={async () => { if (!(await giving.give('stop-campaign', { campaign: campaign.id }))) throw new Error('refused'); }}
        >
          <p>{fr(`${campaign.inFlight.length > 0 ? `${count(campaign.inFlight.length, 'appel en cours est annulé', 'appels en cours sont annulés')} s’il n’est pas décroché. ` : ''}Plus personne n’est appelé ; ce qui est acquitté le reste. Elle ne se reprend pas : on en lance une autre. Pour seulement attendre, suspendez-la.`)}</p>
          <FaultNotice giving={giving} />
        </Confirm>
      )}
    </section>
  );
}

/** Renders each second, alone. */
function Figures({ board, campaign }: Shown) {
  const { activation } = board;
  const zone = activation.timeZone;
  const now = useNow(activation);
  const figures = campaignFigures(activation, campaign, now);
  const { communes, reached, needed, ending, left, doubts } = figures;
  const isWorking = campaign.inFlight.length > 0 || left > 0;
  const rate = rateWords(figures);
  const end = endingWords(ending, campaign, zone);
  return (
    <>
      <div className="spread">
        <h2>{fr(`Campagne vers les élus ${circlesWords(campaign.circles)}`)}</h2>
        <span className={`campaign-standing ${campaign.status === 'paused' ? 'watch' : 'run'}`}>{standingWords(campaign, isWorking)}</span>
      </div>
      <ProgressBar label={fr(`Communes acquittées (95 % : ${needed})`)} value={reached} max={communes} valueText={fr(`${reached} sur ${communes}`)} />
      <dl className="campaign-figures">
        <div><dt>{fr('95 %')}</dt><dd>{end.title}<span className="dim">{end.detail}</span></dd></div>
        <div><dt>Rythme</dt><dd>{rate.title}<span className="dim">{rate.detail}</span></dd></div>
        <div><dt>Lignes</dt><dd>{fr(`${campaign.inFlight.length} ${campaign.inFlight.length < 2 ? 'occupée' : 'occupées'} sur ${campaign.lines}`)}<span className="dim">{fr(`lancée à ${clockTime(campaign.startedAt, zone)}${campaign.status === 'running' ? `, ${campaign.ways.includes('voice') ? count(left, 'commune encore appelée', 'communes encore appelées') : count(left, 'commune peut encore répondre', 'communes peuvent encore répondre')}` : ''}`)}</span></dd></div>
      </dl>
      <Tally by={figures.by} />
      {doubts.length > 0 && <Doubts board={board} doubts={doubts} />}
    </>
  );
}

const ORDER: readonly Attempt['outcome'][] = ['acknowledged', 'call-again', 'refused', 'answered', 'delivered', 'machine', 'busy', 'no-answer', 'invalid', 'failed', 'doubt', 'ringing', 'dialling', 'intended', 'cancelled'];

function Tally({ by }: Pick<CampaignFigures, 'by'>) {
  const shown = ORDER.filter((outcome) => (by[outcome] ?? 0) > 0);
  if (shown.length === 0) return null;
  return <ul className="campaign-tally" aria-label={fr('Appels et messages par résultat')}>{shown.map((outcome) => <li key={outcome}><b>{by[outcome]}</b> {outcomeCount(outcome, by[outcome]!)}</li>)}</ul>;
}

/** It may have been called or not: the provider is asked, and nobody is called twice meanwhile. Each opens its proof. */
function Doubts({ board, doubts }: Pick<HourProps, 'board'> & Pick<CampaignFigures, 'doubts'>) {
  const { activation } = board;
  const nameOf = useTargetNames(board);
  return (
    <Disclosure title="Dans le doute" detail={count(doubts.length, 'appel')} level={3}>
      <p className="help">{fr('On ne sait pas si l’appel est parti : l’opérateur est interrogé, et la personne n’est pas rappelée avant sa réponse. Si rien ne vient, appelez-la par la file.')}</p>
      <ul className="campaign-list">
        {doubts.map(({ target, attempt }) => (
          <li key={attempt.id}>
            <span>{capital(nameOf(target.person))}</span>
            <a className="link" href={`/activations/${activation.id}?voir=entree-${attempt.seq}`}>{fr(`depuis ${clockTime(attempt.at, activation.timeZone)}, entrée ${attempt.seq}`)}</a>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}

/** Its words, in their versions, and who acknowledged one that was changed since. */
function Texts({ board, campaign }: Shown) {
  const { activation } = board;
  const { texts } = campaign;
  const former = acknowledgedFormer(activation as Activation, campaign);
  const nameOf = useTargetNames(board);
  if (texts.length === 0) return null;
  return (
    <>
      <Disclosure title="Texte" detail={texts.length > 1 ? fr(`version ${texts.length}`) : undefined} level={3} isLazy>
        <ol className="campaign-texts">
          {[...texts.entries()].reverse().map(([i, { text, seq, at }]) => (
            <li key={seq}>
              {texts.length > 1 && <p className="dim">{fr(`Version ${i + 1}, ${clockTime(at, activation.timeZone)}`)}</p>}
              <blockquote className="script">{board.text(text) ?? '…'}</blockquote>
            </li>
          ))}
        </ol>
      </Disclosure>
      {former.length > 0 && (
        <Disclosure title={fr('Ont acquitté l’ancien texte seulement')} detail={count(former.length, 'personne')} level={3} isLazy>
          <p className="help">{fr(campaign.countsFrom === texts.length ? 'Elles sont rappelées avec le nouveau.' : 'Elles ne sont pas rappelées : « Changer le texte… » permet de le demander.')}</p>
          <ul className="campaign-list">{former.map(({ person }) => <li key={person}>{capital(nameOf(person))}</li>)}</ul>
        </Disclosure>
      )}
    </>
  );
}

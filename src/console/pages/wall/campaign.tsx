import type { CSSProperties } from 'react';
import { communeStateWords } from '../../../contract/french.js';
import { clockMinute } from '../../../contract/french-times.js';
import { count, fr } from '../../../contract/french-typography.js';
import { COMMUNE_STATES, type CommuneState } from '../../../domain/outreach/commune-facts.js';
import { communeState, coverage } from '../../../domain/outreach/coverage.js';
import type { Circle } from '../../../domain/outreach/targets.js';
import type { Activation, Campaign } from '../../../domain/state.js';
import { campaignFigures, outreachIn, type CampaignFigures } from '../../../domain/views/campaign.js';
import { stepsShown } from '../../../domain/views/steps.js';
import { useNow } from '../../live.js';
import { byGravity, TileMark } from '../../parts/commune-tiles.js';
import { ReachCurve } from '../../parts/reach-curve.js';
import { tileSide } from './tile-side.js';

/** 48.1 at four metres: how many acknowledged, by when it will be enough, and each commune as a tile. No name is on it. */
export function CampaignOnWall({ activation, campaign, circle }: { activation: Readonly<Activation>; campaign: Readonly<Campaign>; circle: Circle }) {
  const now = useNow(activation);
  const zone = activation.timeZone;
  const figures = campaignFigures(activation, campaign, now, [circle]);
  const isFirst = campaign.after === undefined;
  const times = circle === 1 && isFirst ? stepsShown(activation, now).find(({ row }) => row.completes === 'reach>=95')?.times : undefined;
  const percent = figures.communes === 0 ? 0 : Math.floor((100 * figures.reached) / figures.communes);
  return (
    <section className="wall-campaign" aria-label="Campagne vers les élus">
      <div className="wall-reach">
        <h2>{fr(`Élus du cercle ${circle} acquittés`)}</h2>
        <p className="wall-percent"><b>{fr(`${percent} %`)}</b> <span>{endWords(figures, campaign, zone)}</span></p>
        <ReachCurve
          curve={figures.curve} communes={figures.communes} from={isFirst ? activation.outreach.circles[circle]!.at : campaign.startedAt} now={now} zone={zone}
          target={times?.target} deadline={times?.deadline} ending={figures.ending} size="wall"
        />
        <p className="wall-lines dim">{fr(`${count(campaign.inFlight.length, 'ligne')} sur ${campaign.lines} · ${count(figures.callsPerMinute, 'appel')}/min${figures.doubts.length > 0 ? ` · ${count(figures.doubts.length, 'doute')}` : ''}`)}</p>
      </div>
      <Communes activation={activation} campaign={campaign} />
    </section>
  );
}

function endWords({ ending, communes, reached }: CampaignFigures, { status }: Readonly<Campaign>, zone: string): string {
  if (status === 'paused') return 'suspendue';
  switch (ending.is) {
    case 'expected': return fr(`95 % estimé ${clockMinute(ending.at, zone)}`);
    case 'reached': return fr(`95 % à ${clockMinute(ending.at, zone)}`);
    case 'out-of-reach': return fr(`${ending.byVoice} à joindre de vive voix`);
    case 'unknown': return fr(`${reached} sur ${communes}`);
  }
}

function Communes({ activation, campaign }: { activation: Readonly<Activation>; campaign: Readonly<Campaign> }) {
  const o = outreachIn(activation.outreach, campaign);
  const groups = campaign.circles.map((circle) => ({
    circle, reached: coverage(o, circle).by.acknowledged,
    tiles: (o.circles[circle]?.communes ?? []).map((code) => ({ code, name: code, state: communeState(o, code) })).sort(byGravity),
  }));
  const all = groups.flatMap(({ tiles }) => tiles);
  const by = (state: CommuneState) => all.filter((tile) => tile.state === state).length;
  const side = tileSide(groups.map(({ tiles }) => tiles.length), activation.lane === 'exercise' ? 17 : 20);
  return (
    <div className="wall-communes" style={{ '--side': `${side}rem` } as CSSProperties}>
      <h2>{count(all.length, 'commune')}</h2>
      {groups.map(({ circle, reached, tiles }) => (
        <div key={circle}>
          {groups.length > 1 && <p className="wall-circle"><b>{fr(`Cercle ${circle}`)}</b> <span className="dim">{fr(`${reached} acquittées sur ${tiles.length}`)}</span></p>}
          <div className="wall-tiles" aria-hidden="true">{tiles.map(({ code, state }) => <TileMark key={code} state={state} />)}</div>
        </div>
      ))}
      <ul className="wall-legend" aria-label="Communes par état">
        {COMMUNE_STATES.filter((state) => by(state) > 0).map((state) => <li key={state}><TileMark state={state} /> {communeStateWords[state]} <b>{by(state)}</b></li>)}
      </ul>
    </div>
  );
}

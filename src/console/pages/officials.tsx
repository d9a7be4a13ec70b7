import { useState } from 'react';
import { count, fr } from '../../contract/french-typography.js';
import type { Me } from '../../contract/live.js';
import { campaignsOf } from '../../domain/outreach/campaigns.js';
import { coverage, communeState, reachCurve } from '../../domain/outreach/coverage.js';
import type { Circle } from '../../domain/outreach/targets.js';
import { mayIssue } from '../../domain/rights.js';
import { campaignFigures, outreachIn } from '../../domain/views/campaign.js';
import { stepsShown } from '../../domain/views/steps.js';
import { useLocation } from 'wouter';
import { useMe } from '../api.js';
import type { Board } from '../board.js';
import { ClockLine } from '../frame/clock-line.js';
import { Frame } from '../frame/frame.js';
import { PageLink } from '../frame/page-link.js';
import { useActivation, useNow } from '../live.js';
import { useCommunes, useContours } from '../orders/communes.js';
import { PhoneTabs } from '../parts/chrome.js';
import { CommuneMap } from '../parts/commune-map.js';
import { byGravity, CommuneTiles, TileLegend, type TileGroup } from '../parts/commune-tiles.js';
import { ReachCurve } from '../parts/reach-curve.js';
import { Disclosure } from '../ui/dialog.js';
import { Notice } from '../ui/notice.js';
import { usePhone } from './hour.js';
import { AwaitedList } from './hour/awaited.js';
import type { HourProps } from './hour/hour-props.js';
import { LifeNotice } from './hour/life-notice.js';
import { bandOf, navOf, titleOf } from './hour/naming.js';
import { Clocks } from './hour/rail.js';
import { addressOf } from './hour/where.js';
import { CampaignSection } from './officials/campaign/campaign-section.js';
import { Campaigns } from './officials/campaigns.js';
import { CommuneTable } from './officials/commune-table.js';
import { Perimeter } from './officials/perimeter.js';
import { Queue } from './officials/queue.js';
import './hour/hour.css';
import './pieces.css';
import './officials.css';

/** `/activations/:id/elus`: who is to be reached, who has been, and whom to call now (48.1). */
export function Officials({ id }: { id: string }) {
  const following = useActivation(id);
  const me = useMe();
  if (following.state !== 'shown' || !me) {
    return (
      <Frame title="Élus" activation={id}>
        <main className="page page-narrow">
          {following.state === 'absent' ? <Notice kind="watch" title={fr("Cette activation n'existe pas ici, ou vos droits ne vous la montrent pas.")} announce={false} /> : <p className="dim" aria-busy="true">Chargement…</p>}
        </main>
      </Frame>
    );
  }
  return <Shown board={following.board} me={me} />;
}

function Shown({ board, me }: { board: Board; me: Me }) {
  const { activation } = board;
  const phone = usePhone();
  const [, navigate] = useLocation();
  const page = `/activations/${activation.id}`;
  const props: HourProps = { board, me, open: (where) => navigate(addressOf(page, where)) };
  const frame = { title: titleOf(board), lane: activation.lane, activation: activation.id, band: bandOf(board) };
  if (phone) {
    return (
      <Frame {...frame}>
        <main className="phone-hour officials-phone">
          <div className="phone-clock"><Clocks {...props} size="phone" /></div>
          <ClockLine board={board} />
          <LifeNotice {...props} />
          <Queue {...props} />
          <Reach {...props} />
        </main>
        <PhoneTabs
          Link={PageLink}
          items={[{ href: `${page}/gestes`, label: 'Gestes' }, { href: `${page}?vue=heure`, label: fr("L'heure") }, { href: `${page}/elus`, label: 'Élus', isCurrent: true }]}
        />
      </Frame>
    );
  }
  return (
    <Frame {...frame} nav={navOf(board, 'officials')}>
      <div className="console">
        <aside className="rail" aria-label="Horloges et ce qui vous attend">
          <div className="rail-inner"><Clocks {...props} /><AwaitedList {...props} stepOpen={false} /></div>
        </aside>
        <main className="officials">
          <div className="officials-main"><LifeNotice {...props} /><Reach {...props} /></div>
          <aside className="officials-side" aria-label="Appels directs"><Queue {...props} /></aside>
        </main>
      </div>
    </Frame>
  );
}

function Reach(props: HourProps) {
  const { activation } = props.board;
  const [circle, setCircle] = useState<Circle>(1);
  const [picked, setPicked] = useState<string>();
  // What stands here is of the last campaign: a later one begins at nothing.
  const campaign = campaignsOf(activation, circle).at(-1);
  const outreach = outreachIn(activation.outreach, campaign);
  const communes = useCommunes(outreach.circles[circle]?.communes ?? []);
  const frozen = outreach.circles[circle];
  const tally = coverage(outreach, circle);
  const percent = tally.communes === 0 ? 0 : Math.floor((100 * tally.by.acknowledged) / tally.communes);
  const contours = useContours();
  const states = new Map((frozen?.communes ?? []).map((code) => [code, communeState(outreach, code)] as const));
  const mayRecord = mayIssue(props.me.rights, 'record-direct-call', activation.lane) && (activation.life === 'running' || activation.life === 'ended');
  const pick = (code: string) => setPicked(code === picked ? undefined : code);
  return (
    <>
      <Perimeter {...props} circle={circle} onCircle={setCircle} />
      {frozen && <CampaignSection {...props} />}
      {frozen && (
        <section className="reach-box" aria-label={fr(`Joindre les élus du cercle ${circle}`)}>
          <h2 className="hidden">{fr(`Élus du cercle ${circle}`)}</h2>
          <p className="reach-figure" role="status"><b>{fr(`${percent} %`)}</b> <span>{fr(`${count(tally.by.acknowledged, 'commune acquittée', 'communes acquittées')} sur ${tally.communes}`)}</span></p>
          <TileLegend by={tally.by} />
          <CurveNow board={props.board} circle={circle} />
          {contours && contours.communes.length > 0 && <CommuneMap contours={contours} states={states} nameOf={(code) => communes.get(code)?.name ?? code} onPick={pick} picked={picked} />}
          <CommuneTiles groups={grouped()} onPick={pick} picked={picked} />
          <Disclosure title="Tableau des communes" detail={count(tally.communes, 'commune')} startsOpen={picked !== undefined} key={picked ?? 'all'} isLazy>
            <CommuneTable board={props.board} circle={circle} only={picked} mayRecord={mayRecord} onAll={() => setPicked(undefined)} />
          </Disclosure>
        </section>
      )}
      {outreach.circles[1] && <Campaigns {...props} />}
    </>
  );

  /** By arrondissement, else by EPCI (Mayotte and overseas have none). */
  function grouped(): TileGroup[] {
    const groups = new Map<string, TileGroup & { tiles: TileGroup['tiles'][number][] }>();
    for (const code of frozen?.communes ?? []) {
      const commune = communes.get(code);
      const place = commune?.arrondissement ?? commune?.epci ?? { code: '', name: 'Autres communes' };
      const group = groups.get(place.code) ?? { id: place.code, title: place.name, tiles: [] };
      groups.set(place.code, group);
      group.tiles.push({ code, name: commune?.name ?? code, state: states.get(code)! });
    }
    return [...groups.values()].map((group) => ({ ...group, tiles: group.tiles.sort(byGravity) })).sort((x, y) => x.title.localeCompare(y.title, 'fr'));
  }
}

/** Renders each second, alone. */
function CurveNow({ board: { activation }, circle }: Pick<HourProps, 'board'> & { circle: Circle }) {
  const phone = usePhone();
  const now = useNow(activation);
  const campaign = campaignsOf(activation, circle).at(-1);
  const outreach = outreachIn(activation.outreach, campaign);
  const frozen = outreach.circles[circle]!;
  const isFirst = campaign?.after === undefined;
  const times = circle === 1 && isFirst ? stepsShown(activation, now).find(({ row }) => row.completes === 'reach>=95')?.times : undefined;
  return (
    <ReachCurve
      curve={reachCurve(outreach, circle)} communes={frozen.communes.length} from={isFirst ? frozen.at : campaign.startedAt} now={activation.endedAt ?? now} zone={activation.timeZone}
      size={phone ? 'phone' : 'console'} target={times?.target} deadline={times?.deadline} ending={campaign && campaignFigures(activation, campaign, now, [circle]).ending}
    />
  );
}

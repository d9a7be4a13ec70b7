import { useState } from 'react';
import { communeStateWords } from '../../../contract/french.js';
import { campaignsOf } from '../../../domain/outreach/campaigns.js';
import { capital, fr } from '../../../contract/french-typography.js';
import { communeState } from '../../../domain/outreach/coverage.js';
import { targetsOf } from '../../../domain/outreach/reached.js';
import type { Circle } from '../../../domain/outreach/targets.js';
import { outreachIn } from '../../../domain/views/campaign.js';
import type { Board } from '../../board.js';
import { useCommuneNames } from '../../orders/communes.js';
import { useTargetNames } from '../../orders/names.js';
import { TileMark } from '../../parts/commune-tiles.js';
import { Button } from '../../ui/button.js';
import { Table } from '../../ui/table.js';
import { AttemptList } from './attempt-list.js';
import { PaperResult } from './paper-result.js';

/** The same as the picture, in words: each commune, its people, and each attempt with the entry that proves it. */
export function CommuneTable({ board, circle, only, mayRecord, onAll }: { board: Board; circle: Circle; only: string | undefined; mayRecord: boolean; onAll: () => void }) {
  const { activation } = board;
  const [noting, setNoting] = useState<string>();
  const name = useCommuneNames();
  const nameOf = useTargetNames(board);
  // The state is of the last campaign, as in the picture; the attempts are all of them.
  const { outreach } = activation;
  const counted = outreachIn(outreach, campaignsOf(activation, circle).at(-1));
  const codes = (outreach.circles[circle]?.communes ?? []).filter((code) => only === undefined || code === only);
  const rows = [...codes].sort((x, y) => name(x).localeCompare(name(y), 'fr')).map((code) => ({ code, state: communeState(counted, code), targets: targetsOf(outreach, code) }));
  return (
    <div className="stack-small">
      {only !== undefined && <Button size="small" onPress={onAll}>Voir toutes les communes</Button>}
      <Table
        caption={fr(`Communes du cercle ${circle}`)} hideCaption rows={rows} rowKey={({ code }) => code}
        columns={[
          { id: 'commune', title: 'Commune', names: true, cell: ({ code }) => name(code) },
          { id: 'state', title: 'État', cell: ({ state }) => <span className="state-cell"><TileMark state={state} /> {capital(communeStateWords[state])}</span> },
          {
            id: 'attempts', title: 'Personnes et essais',
            cell: ({ targets }) => (targets.length === 0 ? <span className="dim">{fr("personne à l'annuaire")}</span> : (
              <ul className="attempts">
                {targets.map((target) => (
                  <li key={target.person}>
                    {capital(nameOf(target.person))}
                    <AttemptList board={board} target={target} isWhole={only !== undefined} />
                    {mayRecord && <> <Button size="small" kind="tertiary" onPress={() => setNoting(target.person)}>{fr('Noter un appel…')}<span className="hidden">{` à ${nameOf(target.person)}`}</span></Button></>}
                  </li>
                ))}
              </ul>
            )),
          },
        ]}
      />
      {noting !== undefined && outreach.targets[noting] && <PaperResult board={board} target={outreach.targets[noting]} onClose={() => setNoting(undefined)} />}
    </div>
  );
}

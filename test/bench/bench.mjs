// npm run bench [-- --json] [-- --only=WORD]: every figure against its yardstick, measured in the same run.
import { firstLoad, memory } from './at-rest.mjs';
import { memoryPerBoard } from './boards-memory.mjs';
import { importing } from './importing.mjs';
import { folding, submissions, submissionsAtOnce } from './inside.mjs';
import { lateness } from './lateness.mjs';
import { firstMinute, nightCampaign, wholeCountry } from './campaigns.mjs';
import { dispatch } from './dispatch.mjs';
import { durablePosts, toTheBoards } from './over-http.mjs';
import { restart } from './restart.mjs';
import { table } from './rounds.mjs';
import { search } from './search.mjs';
import { simulatedHours } from './simulated.mjs';
import { slider } from './slider.mjs';

const json = process.argv.includes('--json');
const only = process.argv.find((word) => word.startsWith('--only='))?.slice('--only='.length);
const FIGURES = { submissions, submissionsAtOnce, durablePosts, toTheBoards, folding, memory, firstLoad, memoryPerBoard, restart, lateness, slider, simulatedHours, importing, search, nightCampaign, firstMinute, wholeCountry, dispatch };

const figures = [];
for (const [name, measure] of Object.entries(FIGURES)) {
  if (only && !name.toLowerCase().includes(only.toLowerCase())) continue;
  if (!json) process.stderr.write(`${name}…\n`);
  figures.push(...[await measure()].flat());
}
if (json) for (const one of figures) console.log(JSON.stringify(one));
else console.log(table(figures));
process.exitCode = figures.some((one) => one.ok === false) ? 1 : 0;

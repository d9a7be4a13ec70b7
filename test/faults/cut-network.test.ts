// The network between server and boards fails for seconds, in the long form for minutes: the boards converge, by number.
import { expect, test } from '@jest/globals';
import { form, pause, within } from '../kit/forms.js';
import { Line, type LineState } from '../kit/line.js';
import { LiveBoard, snapshotOf } from '../kit/live-board.js';
import { afterwards, scratchFolder } from '../kit/scratch.js';
import { firstAdministrator, post, ServerProcess } from '../kit/server-process.js';

/** In seconds. Past 40 s the server itself gives up a board that no longer answers. */
const LASTS: readonly [LineState, number][] = form(
  [['cut', 3], ['hole', 3], ['slow', 3]],
  [['cut', 5], ['hole', 5], ['slow', 60], ['cut', 60], ['hole', 60], ['cut', 180], ['hole', 180]],
);
const TOTAL_MS = LASTS.reduce((sum, [, seconds]) => sum + seconds * 1_000, 0);

test('the line is cut, then a black hole, then slow: each board ends at the server’s number with what the server shows it', async () => {
  const server = await ServerProcess.start(scratchFolder());
  afterwards(() => server.kill());
  const person = await firstAdministrator(server);
  const opened = await post(server.url, '/api/activations', { lane: 'real', kind: 'cod', t0: new Date().toISOString() }, { ...person.headers, 'idempotency-key': 'open' });
  const { activation } = (await opened.json()) as { activation: string };
  const line = await Line.to(server.port);
  afterwards(() => line.close());
  const boards = [
    await LiveBoard.open(line.url, activation, person, 'websocket'), await LiveBoard.open(line.url, activation, person, 'polling'),
  ];
  afterwards(() => boards.forEach((board) => board.close()));
  let notes = 0;
  const note = () => post(server.url, `/api/activations/${activation}/log-note`, { text: `Note ${++notes}` }, { ...person.headers, 'idempotency-key': `note-${notes}` });

  for (const [state, seconds] of LASTS) {
    const before = boards.map(({ seq }) => seq);
    line.become(state);
    const until = performance.now() + seconds * 1_000;
    while (performance.now() < until) {
      await note();
      await pause(100);
    }
    // What does not pass has not passed: else nothing was cut.
    if (state !== 'slow') expect(boards.map(({ seq }) => seq)).toEqual(before);
    line.become('open');
    await note();
    const { activation: truth } = await snapshotOf(server.url, activation, person.headers);
    expect(truth.seq).toBeGreaterThan(before[0]!);
    await within(30_000, `after « ${state} » for ${seconds} s the boards are at ${truth.seq}, not at ${boards.map(({ seq }) => seq).join()}`, () => boards.every(({ seq }) => seq >= truth.seq));
    let now = truth;
    await within(10_000, 'all stand at one number', async () => {
      now = (await snapshotOf(server.url, activation, person.headers)).activation;
      return boards.every(({ seq }) => seq === now.seq);
    });
    for (const board of boards) expect(board.shown).toEqual(now);
  }
}, TOTAL_MS + LASTS.length * 40_000 + 30_000);

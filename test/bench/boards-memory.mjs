// What a board costs the server in memory, a thousand of them open and following.
import { readFileSync } from 'node:fs';
import { child, product } from './over-http.mjs';
import { figure, median } from './rounds.mjs';

const BOARDS = 1_000;
const ROUNDS = 3;
const rssKb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
const settled = () => new Promise((resolve) => setTimeout(resolve, 8_000));

export async function memoryPerBoard() {
  const each = [];
  for (let round = 0; round < ROUNDS; round++) {
    const ours = await product();
    const open = async (count) => {
      const boards = child('./boards.mjs');
      await boards.ask({ open: 'boards', port: ours.server.port, activation: ours.activation, after: 0, count, headers: { cookie: ours.person.headers.cookie } });
      return boards;
    };
    // A few first: what the first board makes the server load is no board's.
    const warm = await open(20);
    await settled();
    const before = rssKb(ours.server.pid);
    const boards = await open(BOARDS);
    await settled();
    each.push((rssKb(ours.server.pid) - before) / BOARDS);
    warm.stop();
    boards.stop();
    await ours.stop();
  }
  return figure(`memory per board at ${BOARDS} boards`, { value: median(each), unit: 'kB', goal: 30, better: 'less' });
}

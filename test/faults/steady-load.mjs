// A process of its own that gives orders at a steady rate over keep-alive connections, and asks a probe in between when
// told to: an open loop, which does not wait for a server that is slow. Answers how many were acknowledged in the time
// given, and how long each probe took.
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const apart = new Agent({ keepAlive: true, maxSockets: 1 });
const started = Date.now();
let n = 0;

function ask(using, port, method, path, headers, body) {
  return new Promise((resolve, reject) => {
    const sent = request({ agent: using, host: '127.0.0.1', port, method, path, headers }, (response) => {
      response.resume();
      response.on('end', () => resolve(response.statusCode));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

process.on('message', async ({ port, seconds, rate, path, headers, probe }) => {
  const until = performance.now() + seconds * 1_000;
  const statuses = {};
  const waiting = new Set();
  const give = async () => {
    const body = JSON.stringify({ text: `Commande ${++n}` });
    const status = await ask(agent, port, 'POST', path, { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'idempotency-key': `${started}-${n}` }, body).catch(({ code }) => code);
    statuses[status] = (statuses[status] ?? 0) + 1;
  };
  const loading = (async () => {
    for (let given = 0, from = performance.now(); rate > 0 && performance.now() < until; ) {
      for (const due = ((performance.now() - from) / 1_000) * rate; given < due; given++) {
        const one = give().finally(() => waiting.delete(one));
        waiting.add(one);
      }
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    await Promise.all(waiting);
  })();
  const latencies = [];
  while (probe && performance.now() < until) {
    const from = performance.now();
    if ((await ask(apart, port, 'GET', probe, {})) !== 200) throw new Error('the probe is not answered');
    latencies.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await loading;
  process.send({ statuses, latencies });
});

// A process of its own that loads a server over keep-alive sockets, the same way for both sides: raw HTTP/1.1 requests,
// one outstanding per connection. Told what to do over IPC; answers counts and latencies.
import { connect } from 'node:net';

const HEAD_END = Buffer.from('\r\n\r\n');

/** Sends requests one after the other on one connection until `stop`; `next()` gives the bytes of each. */
function drive(port, next, until, onAnswer) {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    let buffer = Buffer.alloc(0);
    let sentAt = 0;
    const send = () => {
      if (performance.now() >= until) return socket.end(resolve);
      sentAt = performance.now();
      socket.write(next());
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk) => {
      buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
      const end = buffer.indexOf(HEAD_END);
      if (end < 0) return;
      const head = buffer.toString('latin1', 0, end).toLowerCase();
      const length = /content-length: (\d+)/.exec(head);
      const needed = end + 4 + Number(length?.[1] ?? 0);
      if (buffer.length < needed) return;
      onAnswer(Number(head.slice(9, 12)), performance.now() - sentAt, buffer.toString('utf8', end + 4, needed));
      buffer = buffer.subarray(needed);
      send();
    });
  });
}

let counter = 0;
const startedAt = Date.now();

process.on('message', async ({ port, path, headers, bodies, connections, seconds }) => {
  const latencies = [];
  let ok = 0;
  let failed = 0;
  let sample;
  const next = () => {
    const body = bodies[counter % bodies.length].replaceAll('{n}', String(counter));
    counter++;
    const lines = Object.entries({ ...headers, 'idempotency-key': `${startedAt}-${counter}`, 'content-length': Buffer.byteLength(body) });
    return `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\n${lines.map(([k, v]) => `${k}: ${v}`).join('\r\n')}\r\n\r\n${body}`;
  };
  const from = performance.now();
  await Promise.all(Array.from({ length: connections }, () => drive(port, next, from + seconds * 1000, (status, ms, text) => {
    if (status >= 200 && status < 300) ok++;
    else {
      failed++;
      sample ??= `${status} ${text.slice(0, 300)}`;
    }
    latencies.push(ms);
  })));
  process.send({ ok, failed, sample, perSecond: ok / ((performance.now() - from) / 1000), latencies });
});

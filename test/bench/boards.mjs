// A process of its own that holds boards open and notes when each piece of news arrives: socket.io boards of the
// product, or raw sockets of the yardstick. The sender's clock and this one are the machine's monotonic clock.
import { connect } from 'node:net';
import { io } from 'socket.io-client';

const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;
let arrivals = [];

const openRaw = (port) => new Promise((resolve, reject) => {
  const socket = connect(port, '127.0.0.1', resolve);
  let rest = '';
  socket.on('error', reject);
  socket.on('data', (chunk) => {
    const at = now();
    const lines = (rest + chunk.toString('utf8')).split('\n');
    rest = lines.pop();
    for (const line of lines) arrivals.push([JSON.parse(line).text, at]);
  });
});

/** Boards that note when each acknowledgement comes, by the call in which the key was pressed. */
const openAcknowledged = (port, activation, after, headers) => new Promise((resolve, reject) => {
  const sids = new Map();
  const socket = io(`http://127.0.0.1:${port}`, { path: '/live', transports: ['websocket'], extraHeaders: headers, forceNew: true });
  socket.on('connect_error', reject);
  socket.on('connect', () => socket.emit('follow', { activation, after }, resolve));
  socket.on('news', ({ entries }) => {
    const at = now();
    for (const { type, payload } of entries) {
      if (type === 'attemptsMoved') for (const { attempt, sid } of payload.items) if (sid) sids.set(attempt, sid);
      if (type === 'acknowledged') arrivals.push([sids.get(payload.attempt), at]);
    }
  });
});

const openBoard = (port, activation, after, headers) => new Promise((resolve, reject) => {
  const socket = io(`http://127.0.0.1:${port}`, { path: '/live', transports: ['websocket'], extraHeaders: headers, forceNew: true });
  socket.on('connect_error', reject);
  socket.on('connect', () => socket.emit('follow', { activation, after }, resolve));
  socket.on('news', ({ entries, texts }) => {
    const at = now();
    for (const entry of entries) {
      const text = entry.payload?.text && texts[entry.payload.text.digest];
      if (text) arrivals.push([text, at]);
    }
  });
});

process.on('message', async (message) => {
  if (message.open === 'raw') await Promise.all(Array.from({ length: message.count }, () => openRaw(message.port)));
  if (message.open === 'acknowledgements') {
    await Promise.all(Array.from({ length: message.count }, () => openAcknowledged(message.port, message.activation, message.after, message.headers)));
  }
  if (message.open === 'boards') {
    await Promise.all(Array.from({ length: message.count }, () => openBoard(message.port, message.activation, message.after, message.headers)));
  }
  if (message.collect) {
    process.send({ arrivals });
    arrivals = [];
    return;
  }
  process.send({ ready: true });
});

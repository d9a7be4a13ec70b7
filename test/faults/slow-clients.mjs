// A process of its own that holds slow connections: their first bytes at once, the others twice a second. Apart from the
// probe, whose answers would otherwise wait for them.
import { connect } from 'node:net';

const AGAIN_MS = 500;
let dropped = 0;

function open({ port, count, first, then }) {
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', () => {});
    socket.on('close', () => dropped++);
    socket.on('connect', () => socket.write(first));
    return socket;
  });
  setInterval(() => {
    for (const socket of sockets) if (socket.writable && !socket.connecting) socket.write(then);
  }, AGAIN_MS);
}

process.on('message', (message) => {
  if (message.count) open(message);
  process.send({ dropped });
});

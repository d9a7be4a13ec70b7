// A process of its own that holds boards, as the console's sockets come back by themselves: told how many to open, then
// asked where they are. A board that missed something fetches it by number.
import { io } from 'socket.io-client';

const boards = [];

function open({ url, activation, headers, count }) {
  for (let i = 0; i < count; i++) {
    const board = { seq: 0, connected: false, returns: 0 };
    boards.push(board);
    const socket = io(url, { path: '/live', transports: ['websocket'], extraHeaders: headers, forceNew: true, reconnectionDelay: 500, reconnectionDelayMax: 5_000, timeout: 10_000 });
    socket.on('connect', () => {
      board.connected = true;
      board.returns++;
      socket.emit('follow', { activation, after: board.seq }, ({ seq }) => void reach(seq));
    });
    socket.on('disconnect', () => (board.connected = false));
    socket.on('news', ({ entries }) => {
      if (entries[0].seq === board.seq + 1) board.seq = entries.at(-1).seq;
      else void reach(entries.at(-1).seq);
    });
    socket.on('alive', ({ seq }) => void reach(seq ?? 0));
    const reach = async (seq) => {
      if (seq <= board.seq) return;
      const response = await fetch(`${url}/api/activations/${activation}/journal?after=${board.seq}&limit=200`, { headers }).catch(() => undefined);
      const page = response?.ok ? await response.json() : undefined;
      for (const entry of page?.entries ?? []) if (entry.seq === board.seq + 1) board.seq = entry.seq;
      // Cut in the middle, or more than a page: the next word from the server asks again.
      if (page && board.seq < page.seq) await reach(page.seq);
    };
  }
}

process.on('message', (message) => {
  if (message.count) open(message);
  process.send({
    connected: boards.filter(({ connected }) => connected).length, lowest: Math.min(...boards.map(({ seq }) => seq)),
    returns: Math.min(...boards.map(({ returns }) => returns)),
  });
});

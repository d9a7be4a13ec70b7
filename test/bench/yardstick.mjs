// The yardstick server: node http, one hash and one FULL insert a request, and pre-framed writes to the sockets that
// listen. What the same machine can do at best with the same promise of durability.
import Database from 'better-sqlite3';
import { hash } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

const db = new Database(join(mkdtempSync(join(tmpdir(), 'tz-yardstick-')), 'y.sqlite'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec('create table entries (seq integer primary key, line text not null, hash text not null)');
const insert = db.prepare('insert into entries (line, hash) values (?, ?)');

const boards = new Set();
const live = createTcp((socket) => {
  socket.setNoDelay(true);
  boards.add(socket);
  socket.on('close', () => boards.delete(socket));
  socket.on('error', () => boards.delete(socket));
}).listen(0, '127.0.0.1');

let previous = '0'.repeat(64);
const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const line = Buffer.concat(chunks).toString('utf8');
    previous = hash('sha256', previous + line, 'hex');
    insert.run(line, previous);
    const frame = Buffer.from(`${line}\n`);
    for (const socket of boards) socket.write(frame);
    response.setHeader('content-type', 'application/json');
    const body = '{"ok":true}';
    response.setHeader('content-length', body.length);
    response.end(body);
  });
});
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port, livePort: live.address().port }));

// A process of its own that stands for the provider: it accepts every call and plays it at once, with signed callbacks. What it
// plays is short on purpose (answered, key 1, completed): what is measured is how fast the house takes it. Tests of what people
// hear have the telephone network of test/kit/phones.
import { createHmac } from 'node:crypto';
import { Agent, createServer, request } from 'node:http';

const AUTH_TOKEN = '0123456789abcdef0123456789abcdef';
const now = () => Number(process.hrtime.bigint() / 1000n) / 1000;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
let house = 0;
let played = 0;
let failed = 0;
let presses = [];
let afterMs = 0;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function post(address, fields) {
  const url = new URL(address);
  const signed = address + Object.keys(fields).sort().map((name) => name + fields[name]).join('');
  const signature = createHmac('sha1', AUTH_TOKEN).update(signed).digest('base64');
  return new Promise((resolve, reject) => {
    const sent = request({ port: house, path: url.pathname, method: 'POST', agent, headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature } }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (chunk) => (body += chunk)).on('end', () => {
        if (answer.statusCode >= 300) failed++;
        resolve(body);
      });
    });
    sent.on('error', reject);
    sent.end(new URLSearchParams(fields).toString());
  });
}

async function play(sid, { To, From, Url, StatusCallback }) {
  const said = (CallStatus, SequenceNumber) => ({ CallSid: sid, To, From, CallStatus, SequenceNumber: String(SequenceNumber) });
  await pause(afterMs);
  await post(StatusCallback, said('ringing', 1));
  await post(StatusCallback, said('in-progress', 2));
  const twiml = await post(Url, { CallSid: sid, To, From, CallStatus: 'in-progress' });
  const action = /action="([^"]+)"/.exec(twiml)?.[1];
  if (!action) throw new Error(`no key is awaited in ${twiml.slice(0, 200)}`);
  presses.push([sid, now()]);
  await post(action, { CallSid: sid, To, From, Digits: '1', CallStatus: 'in-progress' });
  await post(StatusCallback, said('completed', 3));
  played++;
}

let sids = 0;
const server = createServer((asked, answer) => {
  let body = '';
  asked.setEncoding('utf8').on('data', (chunk) => (body += chunk)).on('end', () => {
    const sid = `CA${(++sids).toString(16).padStart(32, '0')}`;
    const form = Object.fromEntries(new URLSearchParams(body));
    answer.writeHead(201, { 'content-type': 'application/json' }).end(JSON.stringify({ sid, status: 'queued', to: form.To, from: form.From, date_created: new Date().toUTCString() }));
    play(sid, form).catch((error) => {
      failed++;
      process.stderr.write(`${error.stack}\n`);
    });
  });
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', (message) => {
  if (message.house) house = message.house;
  if (message.afterMs !== undefined) afterMs = message.afterMs;
  const told = { played, failed, presses };
  if (message.collect) presses = [];
  process.send(told);
});

// Vérifie l'export d'une activation de temps-zero avec Node (20.11 ou plus) seul : node verify.mjs [dossier ou archive.zip] [--head EMPREINTE]
// Rend 0 si tout est intact, 1 sinon. --head : une empreinte imprimée (16 caractères au moins), qui doit être celle d'une entrée.
// journal.ndjson : une entrée par ligne {seq, line, hash}, hash = SHA-256(hash d'avant + line), avec 64 zéros avant la première.
// vault.ndjson : textes {digest, salt, content} ; files.ndjson et vault/ : fichiers ; digest = SHA-256(salt + contenu), en UTF-8.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
const sha = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest('hex');
const stop = (message) => { throw new Error(message); };
const seals = (value) => (Object(value) !== value ? [] : value.digest && 'bytes' in value ? [value.digest] : Object.values(value).flatMap(seals));

/** `read(nom)` donne les octets d'un fichier de l'export, ou undefined. Rend les fautes, et ce qu'il y a à dire. */
export function verify(read, paper = '') {
  const faults = [], report = [], hashes = [], named = new Set(), erased = new Map(), present = new Set();
  const text = (name) => {
    const bytes = read(name) ?? stop(`${name} est absent`);
    if (!Buffer.from(bytes.toString()).equals(bytes)) faults.push(`${name} contient des octets qui ne sont pas du texte`);
    return bytes.toString();
  };
  const records = (name) => { const all = text(name).split('\n'); return all.pop() === '' ? all : stop(`${name} est coupé au milieu d'une ligne`); };
  const manifest = JSON.parse(text('manifest.json'));
  let previous = '0'.repeat(64), recordedAt = '';
  for (const record of records('journal.ndjson')) {
    const number = hashes.length + 1, wrong = (how) => stop(`première entrée fausse : la ${number}, ${how}`);
    let one, entry; try { one = JSON.parse(record); entry = JSON.parse(one.line) ?? stop(); } catch { wrong('illisible'); }
    if (one.seq !== number || entry.seq !== number) wrong(`qui porte le numéro ${entry.seq} : entrée retirée, ajoutée ou déplacée`);
    if (sha(previous + one.line) !== one.hash) wrong("dont le texte ou l'empreinte a changé, ou qui ne suit pas celle d'avant");
    if (JSON.stringify({ seq: one.seq, line: one.line, hash: one.hash }) !== record) wrong("écrite autrement que l'export ne l'écrit");
    if (entry.activation !== manifest.activation) wrong(`qui appartient à l'activation ${entry.activation}`);
    if (entry.recordedAt < recordedAt) wrong('enregistrée avant celle qui la précède');
    for (const digest of seals(entry.payload)) named.add(digest);
    if (entry.type === 'textErased') erased.set(entry.payload.digest, number);
    hashes.push(previous = one.hash), recordedAt = entry.recordedAt;
  }
  report.push(`Activation ${manifest.activation} : ${hashes.length} entrées enchaînées, tête ${previous}`);
  const cut = hashes.length !== manifest.entries || previous !== manifest.head;
  if (cut) faults.push(`le journal s'arrête à l'entrée ${hashes.length}, le manifeste annonce la ${manifest.entries}, tête ${manifest.head}`);
  const wanted = paper.replace(/\s/g, '').toLowerCase(), found = hashes.findIndex((hash) => wanted.length >= 16 && hash.startsWith(wanted)) + 1;
  if (found > 0) report.push(`L'empreinte du papier est celle de l'entrée ${found}, ${found < hashes.length ? 'que le journal prolonge' : 'la dernière'}`);
  else if (paper) faults.push("l'empreinte du papier n'est celle d'aucune entrée : ce journal n'est pas celui du papier, ou sa fin manque");
  const keep = ({ digest, salt }, content) => {
    if (sha(salt, content) !== digest) faults.push(`le contenu ${digest} a changé`);
    else if (!named.has(digest)) faults.push(`le contenu ${digest} n'est nommé par aucune entrée`);
    else if (erased.has(digest)) faults.push(`le contenu ${digest} est là, alors que l'entrée ${erased.get(digest)} l'efface`);
    present.add(digest);
  };
  for (const one of records('vault.ndjson').map((record) => JSON.parse(record))) keep(one, one.content);
  for (const one of records('files.ndjson').map((record) => JSON.parse(record))) if (read(`vault/${one.digest}`)) keep(one, read(`vault/${one.digest}`));
  for (const digest of [...named].filter((one) => !present.has(one))) {
    if (erased.has(digest)) report.push(`${digest} : absent, effacé par l'entrée ${erased.get(digest)}`);
    else if (manifest.withheld.includes(digest)) report.push(`${digest} : absent, retenu hors de cet export`);
    else faults.push(`le contenu ${digest} manque : ni effacé par une entrée, ni annoncé comme retenu`);
  }
  for (const [name, digest] of Object.entries(manifest.files)) if (sha(read(name) ?? '') !== digest) faults.push(`${name} a changé, ou manque`);
  return { faults, report: [...report, `Contenus : ${named.size} nommés par le journal, ${present.size} présents`] };
}
/** Lit une archive ZIP par sa table finale ; rend la fonction `read`. */
export function unzip(zip) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1'), files = new Map();
  if (end < 0) stop("ce n'est pas une archive ZIP, ou sa fin manque");
  const u16 = (at) => zip.readUInt16LE(at), u32 = (at) => zip.readUInt32LE(at);
  for (let at = u32(end + 16), left = u16(end + 10); left > 0; left--, at += 46 + u16(at + 28) + u16(at + 30) + u16(at + 32)) {
    const name = zip.toString('utf8', at + 46, at + 46 + u16(at + 28)), start = u32(at + 42) + 30 + u16(u32(at + 42) + 26) + u16(u32(at + 42) + 28);
    const method = u16(at + 10), body = zip.subarray(start, start + u32(at + 20));
    if (files.has(name)) stop(`l'archive contient deux fois ${name}`);
    files.set(name, () => (method === 0 ? body : inflateRawSync(body)));
  }
  return (name) => files.get(name)?.();
}
if (process.argv[1] && realpathSync(process.argv[1]) === realpathSync(import.meta.filename)) {
  const given = process.argv.slice(2), flag = given.indexOf('--head'), paper = flag < 0 ? undefined : given.splice(flag, 2)[1] ?? '?';
  const from = given[0] ?? import.meta.dirname, result = { report: [], faults: [] };
  const inFolder = (name) => (existsSync(join(from, name)) ? readFileSync(join(from, name)) : undefined);
  try {
    Object.assign(result, verify(statSync(from).isDirectory() ? inFolder : unzip(readFileSync(from)), paper));
  } catch (error) { result.faults.push(error.code || error instanceof RangeError ? `illisible (${error.message})` : error.message); }
  console.log([...result.report, ...result.faults.map((fault) => `FAUX : ${fault}`), result.faults.length > 0 ? 'Des fautes.' : 'Intact.'].join('\n'));
  process.exitCode = result.faults.length > 0 ? 1 : 0;
}

import { beforeAll, describe, expect, test } from '@jest/globals';
import { HtmlPrinter } from '../../src/adapters/printing/html-printer.js';
import type { PaperPlan } from '../../src/application/ports.js';
import { toInstant, MINUTE } from '../../src/domain/time.js';
import { standardPlan, T0 as MARCH } from '../kit/given.js';
import { accepted, fullHour, ProvenHour, T0 } from '../kit/proven-hour.js';

/** What somebody reads: the words of the page without its markup, spaces of every width made one. */
function words(html: string): string {
  return html.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ')
    .replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&amp;/g, '&').replace(/\s+/g, ' ');
}
const row = (html: string, id: string) => words(new RegExp(`<tr id="${id}"[\\s\\S]*?</tbody>|<tr id="${id}"[\\s\\S]*?</tr>`).exec(html)![0]);

describe('the page of the hour', () => {
  let hour: ProvenHour;
  let html: string;
  beforeAll(async () => {
    hour = await fullHour();
    html = await hour.page('directrice');
  });

  test('is one file that loads nothing and runs nothing', () => {
    expect(html).not.toMatch(/<script|<link|<img|<iframe|<object|<embed|<base|<form|\son\w+=|@import|url\((?!#)|\ssrc=/i);
    expect(html).toContain(`<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`);
    const addresses = [...html.matchAll(/(?:href|src|xlink:href)="([^"]*)"/g)].map(([, address]) => address!);
    expect(addresses.filter((address) => !address.startsWith('#'))).toEqual(Array(2).fill('https://x.example/prefet76/status/1?a=1&amp;b=2'));
  });

  test('shows what people typed to the letter, and never as markup', () => {
    expect(html).not.toContain('<script>');
    expect(html).toContain('Fumée visible depuis l&#39;A28 &lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;');
  });

  test('says on both ends of each sheet where the journal stands', async () => {
    const { head, seq } = (await hour.activations.read(hour.id, (held) => ({ head: held.head, seq: held.activation.seq })))!;
    for (const end of ['header', 'footer']) {
      expect(words(new RegExp(`<${end}>.*</${end}>`, 's').exec(html)![0])).toContain(`Journal, entrée ${seq} : ${head}`);
    }
    expect(html).toContain(`node verify.mjs archive.zip --head ${head}`);
  });

  test('48.1: keeps both versions of T0, and says why it changed', () => {
    const clocks = words(/<section id="horloges">.*?<\/section>/s.exec(html)![0]);
    expect(clocks).toContain('T0-COD 25/10/2026 02:14:00 UTC+2 25/10/2026 02:15:20 UTC+2 Karim Benali');
    expect(clocks).toContain('25/10/2026 02:12:00 UTC+2 25/10/2026 02:41:00 UTC+2 Karim Benali SYNERGI dit 02:12, non 02:14.');
    expect(clocks).toContain('dit à 02:34:00');
  });

  test('gives each clause its verdict, its parts and the entries that prove them', () => {
    const verdicts = words(/<section id="engagements">.*?<\/section>/s.exec(html)![0]);
    expect(verdicts).toContain('48.3 Presse Tenu');
    expect(verdicts).toMatch(/P14 Communiqué nº 1 envoyé à la presse : tenu \( ?nº \d+ ?\) ou P24/);
    expect(verdicts).toContain('48.5 Contenu Tenu (déclaré après coup)');
    expect(verdicts).toMatch(/P16 [^)]*\) preuve manquante/);
    for (const [, seq] of /<section id="engagements">.*?<\/section>/s.exec(html)![0].matchAll(/href="#e(\d+)"/g)) expect(html).toContain(`<tr id="e${seq}"`);
  });

  test('shows a step with its times, its author, its evidence, and how late it was written', () => {
    expect(row(html, 'sP18')).toMatch(/02:54:00 UTC\+2 T0\+42, inscrit 02:19:00 UTC\+1 Claire Maillard .*Fait, \+7:00 sur la cible déclaré après coup, 7:00 après l’échéance/);
    expect(row(html, 'sP13')).toContain('Claire Maillard, pour le préfet');
    expect(row(html, 'sP13')).toContain('version 1 du texte de P12');
    expect(row(html, 'sP20')).toContain('décision de ne pas le faire, autorisé par directeur de cabinet : Pas de message radio : vent tombé.');
    expect(row(html, 'sP07')).toContain('2 appelés sur 2, 1 acquittés');
    expect(row(html, 'sP01')).toMatch(/Prouvé par : Anne Delorme prend la fonction directeur de cabinet/);
    expect(words(html)).toContain('P22 Attentat');
  });

  test('the log keeps when it happened apart from when it was written, and what corrects what', () => {
    const notes = words(/<section id="journal">.*?<\/section>/s.exec(html)![0]);
    expect(notes).toMatch(/02:11:00 UTC\+2 T0-1 02:18:00 UTC\+2 Paul Ostrowski Note Fumée visible/);
    expect(notes).toMatch(/Trois blessés légers\. Corrigée par l’entrée nº (\d+)/);
    expect(notes).toMatch(/Deux blessés légers, selon le SAMU\. Corrige l’entrée nº (\d+)/);
    expect(notes).toContain('panache vu de la D12.jpg (image/jpeg, 21 octets');
    expect(notes).toContain('appel de Jean Aubert, maire, Castelroy, acquitté');
  });

  test('functions, decisions taken by word of mouth, outages and steps of the clock have their place', () => {
    const text = words(html);
    expect(text).toMatch(/DC directeur de cabinet Anne Delorme 02:15:20/);
    expect(text).toMatch(/pour le préfet \(oral\)\. préfet inscrite par Claire Maillard confirmée par Hélène Vasseur/);
    expect(text).toContain('orale, non confirmée');
    expect(text).toContain('Interruption du service de 02:49:00 à 02:49:40.');
    expect(text).toContain('L’horloge du serveur a sauté de 0:03 en arrière.');
  });

  test('numbers to call stay in the vault', () => {
    expect(html).not.toMatch(/06 ?12 ?34|0612345678|0698765432/);
  });

  test('the cell reads the same page without what the direction keeps to itself', async () => {
    const cell = await hour.page('communication');
    expect(words(html)).toContain('Le ministre appelle à 03:30.');
    expect(words(cell)).not.toContain('Le ministre appelle');
    expect(words(cell)).toContain('Entrée réservée à la direction.');
  });

  test('who may not read it is refused, who may not know of it hears that it does not exist', async () => {
    expect(await hour.evidence.hourPage(hour.id, { id: 'e', rights: ['ecran'] })).toEqual({ refused: 'forbidden' });
    expect(await hour.evidence.hourPage(hour.id, { id: 'a', rights: ['admin'] })).toEqual({ refused: 'unknown-activation' });
    expect(await hour.evidence.hourPage(hour.id, { id: 'p', rights: ['planificateur'] })).toEqual({ refused: 'unknown-activation' });
    expect(await hour.evidence.hourPage('0'.repeat(32), hour.who('prefete'))).toEqual({ refused: 'unknown-activation' });
  });

  test('nothing in a real page speaks of an exercise', () => {
    expect(html).not.toMatch(/EXERCICE/);
  });
});

describe('in an exercise', () => {
  test('the page, its title and its file name begin and end with the mark', async () => {
    const hour = await fullHour('exercise');
    const { html, name } = accepted(await hour.evidence.hourPage(hour.id, hour.who('planificatrice')));
    const mark = 'EXERCICE EXERCICE EXERCICE';
    expect(words(html.slice(html.indexOf('<body>'))).trim()).toMatch(new RegExp(`^${mark} .* ${mark}$`));
    expect(html).toMatch(new RegExp(`<title>${mark} .* ${mark}</title>`));
    expect(/<header>.*<\/header>/s.exec(html)![0]).toContain(mark);
    expect(/<footer>.*<\/footer>/s.exec(html)![0]).toContain(mark);
    expect(name).toBe(`EXERCICE-EXERCICE-EXERCICE_heure_${hour.id}_EXERCICE-EXERCICE-EXERCICE.html`);
  });

  test('overseas, the time in Paris stands beside the local one', async () => {
    const hour = await fullHour('exercise', 'Indian/Reunion');
    expect(words(await hour.page('planificatrice'))).toContain('05:12:00 Paris 02:12:00');
  });
});

describe('before and after', () => {
  test('without a T0 the page says that no clock runs, and draws none', async () => {
    const hour = new ProvenHour();
    await hour.open('cod', {});
    const html = await hour.page('prefete');
    expect(words(html)).toContain('Aucune horloge n’a démarré');
    expect(html).not.toContain('role="img"');
  });

  test('once ended, open steps read missed, and the page bears its end', async () => {
    const hour = await fullHour();
    await hour.order('directrice', 'end', {});
    const html = await hour.page('auditeur');
    expect(row(html, 'sP15')).toContain('Manqué');
    expect(words(html)).toContain('COD, réel, terminée');
  });

  test('an erased text says which entry erased it, and an erased person keeps the title alone', async () => {
    const hour = await fullHour();
    const entries = await hour.activations.read(hour.id, (held) => held.after(0));
    const note = entries!.find((entry) => entry.type === 'noteLogged')!;
    const seq = await hour.order('directrice', 'erase-text', { digest: (note.payload as { text: { digest: string } }).text.digest, reason: 'Demande de la personne.' });
    const account = (await hour.store.directory.accountByLogin('astreinte'))!;
    hour.store.directory.apply([{ change: 'account-put', account: { ...account, name: '', erasedAt: T0 } }]);
    const html = await hour.page('directrice');
    expect(words(html)).not.toContain('Fumée visible');
    expect(row(html, `e${note.seq}`)).toContain(`effacé par l’entrée ${seq}`);
    expect(html).not.toContain('Ostrowski');
    expect(words(html)).toContain("personne effacée (agent d'astreinte)");
  });

  test('an address that is none is shown, never made a link', async () => {
    const hour = new ProvenHour();
    await hour.open();
    const sealed = { digest: 'f'.repeat(64), bytes: 20 };
    const state = (await hour.activations.read(hour.id, ({ activation, head }) => ({ activation, head })))!;
    const html = new HtmlPrinter().hourPage({
      ...state, upTo: 5, now: T0, files: new Map(), names: new Map(), communes: new Map(), texts: new Map([[sealed.digest, 'javascript:alert(1)']]),
      entries: [{
        seq: 5, activation: hour.id, lane: 'real', type: 'evidenceAdded', v: 1, by: 'a', source: 'console', command: 'k', occurredAt: toInstant(T0),
        recordedAt: toInstant(T0), payload: { step: 'P15', evidence: { kind: 'link', url: sealed } },
      }],
    });
    expect(html).toContain('<q class="said">javascript:alert(1)</q>');
    expect(html).not.toContain('href="javascript');
  });
});

describe('the plan on paper', () => {
  const printer = new HtmlPrinter();
  const blank: PaperPlan = { plan: standardPlan, kind: 'cod', lane: 'real', timeZone: 'Europe/Paris', prefecture: 'Préfecture du Val-de-Brenne', facts: { accounts: true } };
  const line = (html: string, id: string) => words(new RegExp(`<tr><td class="box">☐</td><td><strong>${id}</strong>.*?</tr>`, 's').exec(html)![0]);

  test('gives each step its clock times from T0, and the NU rows theirs from T0-NU', () => {
    const html = printer.paperPlan({ ...blank, t0: MARCH, nu: MARCH + 22 * MINUTE });
    expect(line(html, 'P14')).toMatch(/P14 Communiqué nº 1 envoyé à la presse .* OP 02:49 T0-COD \+ 35 03:14 T0-COD \+ 60 .*Envoi/);
    expect(line(html, 'P05')).toContain('03:14*');
    expect(line(html, 'N05')).toContain('T0-NU + 60');
    expect(line(html, 'N05')).toContain('03:36*');
  });

  test('shows seconds where T0 has some: no deadline reads a minute late', () => {
    expect(line(printer.paperPlan({ ...blank, t0: MARCH + 45_000 }), 'P14')).toContain('03:14:45');
  });

  test('without T0 its times are blank lines beside the minutes to add', () => {
    const html = printer.paperPlan(blank);
    expect(words(html)).not.toMatch(/\d\d:\d\d/);
    expect(line(html, 'P14')).toContain('T0-COD + 60');
  });

  test('asks by hand for everything but what the machine writes itself', () => {
    const html = printer.paperPlan(blank);
    const ids = [...html.matchAll(/<td class="box">☐<\/td><td><strong>(\w+)<\/strong>/g)].map(([, id]) => id);
    const wanted = standardPlan.rows.filter((one) => one.profile.includes('cod') && one.completes !== 'statement-written').map(({ id }) => id);
    expect([...ids].sort()).toEqual([...wanted].sort());
  });

  test('an important event has its own rows', () => {
    const html = printer.paperPlan({ ...blank, kind: 'important' });
    expect(html).toContain('<strong>P16</strong>');
    expect(html).not.toContain('<strong>P07</strong>');
  });

  test('in the night when the clocks change, each time says which of the two it is', () => {
    expect(line(printer.paperPlan({ ...blank, t0: T0 }), 'P14')).toMatch(/02:49 UTC\+2 .* 02:14 UTC\+1/);
  });

  test('conditions are written out, unless they are known to hold', () => {
    const html = printer.paperPlan(blank);
    expect(line(html, 'P22')).toContain('(si attentat)');
    expect(line(html, 'P15')).not.toContain('(si comptes');
  });

  test('in an exercise it is marked at both ends of each sheet', () => {
    expect([...printer.paperPlan({ ...blank, lane: 'exercise' }).matchAll(/<p class="mark">EXERCICE EXERCICE EXERCICE<\/p>/g)]).toHaveLength(2);
  });
});

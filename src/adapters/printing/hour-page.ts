import type { HourPage } from '../../application/ports.js';
import { fr } from '../../contract/french-typography.js';
import { markOf } from '../../domain/exercise-mark.js';
import { Html, html, type Part } from './html.js';
import { logTable, sentence } from './log.js';
import { pictures } from './picture.js';
import { Reading } from './reading.js';
import { clockTable, functionTable, identity, interruptions, oralTable, verdictTable } from './sections.js';
import { stepTable } from './step-table.js';
import { HOUR_STYLE } from './style.js';

/** One self-contained file: what is in it is all there is, whoever opens it and wherever. */
export function documentOf(title: string, style: Html, mark: string | null, { top, main, foot }: { top: Part; main: Part; foot: Part }): string {
  const banner = mark && html`<p class="mark">${mark}</p>`;
  return html`<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${mark ? `${mark} ${title} ${mark}` : title}</title><style>${style}</style></head>
<body><div class="page"><header><div>${banner}${top}</div></header>
<main>${main}</main>
<footer><div>${foot}${banner}</div></footer></div></body></html>
`.markup;
}

/** The page of the hour: what was asked, what was done, what proves it. */
export function renderHourPage(page: HourPage): string {
  const { activation: a, upTo, head } = page;
  const reading = new Reading(page);
  const say = (seq: number): Part => {
    const entry = page.entries.find((one) => one.seq === seq);
    return entry && !('withheld' in entry) ? sentence(reading, entry) : `entrée ${seq}`;
  };
  const running = html`<p class="running"><span>${a.prefecture}</span><span>Journal, entrée ${upTo} : <code>${head}</code></span></p>`;
  const section = (id: string, title: string, body: Part) => html`<section id="${id}"><h2>${title}</h2>${body}</section>`;
  const main = html`${identity(reading)}
${section('engagements', 'Engagements', verdictTable(reading))}
${section('horloges', 'Horloges', clockTable(reading))}
${section('heure', fr("L'heure en image"), pictures(reading))}
${section('etapes', 'Étapes', stepTable(reading))}
${section('fonctions', 'Fonctions tenues', functionTable(reading))}
${section('oral', 'Décisions inscrites pour un autre', oralTable(reading, say))}
${section('interruptions', 'Interruptions du service', interruptions(reading, say))}
${section('journal', 'Main courante et journal', logTable(reading))}
${section('verifier', 'Vérifier cette page', howToVerify(reading))}`;
  return documentOf(fr(`L'heure, ${a.prefecture}`), HOUR_STYLE, markOf(a.lane), { top: running, main, foot: running });
}

function howToVerify({ page }: Reading): Html {
  return html`<p>${fr(`Cette page est une lecture du journal de l'activation ${page.activation.id}, de l'entrée 1 à l'entrée ${page.upTo}. Chaque entrée y porte l'empreinte SHA-256 de celle qui la précède : changer un mot, retirer ou déplacer une entrée change toutes les empreintes suivantes.`)}</p>
<ol class="how"><li>${fr("Demandez l'export de l'activation (une archive ZIP), depuis la console ou à l'exploitant.")}</li>
<li>${fr("Avec Node, sans rien installer d'autre, et l'empreinte que porte cette feuille :")}<br><code>node verify.mjs archive.zip --head ${page.head}</code></li>
<li>${fr(`La réponse nomme la première entrée fausse, s'il y en a une ; sinon elle dit que l'empreinte est bien celle de l'entrée ${page.upTo}.`)}</li></ol>
<p class="text"><small>${fr("Ce que la chaîne ne montre pas d'elle-même : qu'on en a coupé la fin, ou retiré une activation entière. D'où l'empreinte imprimée ici, et celles que note le journal de l'administration. Un texte effacé manque, son empreinte reste.")}</small></p>`;
}

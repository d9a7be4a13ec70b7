import type { OwnPage, OwnPageState } from '../../application/outreach/own-page.js';
import { fr } from '../../contract/french-typography.js';
import { EXERCISE_MARK } from '../../domain/exercise-mark.js';
import type { CallInAnswer } from '../../domain/outreach/reaching.js';
import { html, type Html } from './html.js';

/** One button a gesture, each a form of its own that posts: no script, and nothing that a mail scanner opens by reading. */
const BUTTONS: Record<OwnPage['purpose'], readonly [path: string, words: string, isMain: boolean][]> = {
  officials: [['acquitter', "J'ai bien reçu ce message", true]],
  charge: [['prends-en-charge', 'Je prends en charge', true], ['indisponible', 'Je ne suis pas disponible', false]],
  cell: [['arrive-15', "J'arrive dans 15 minutes", true], ['arrive-30', 'Dans 30 minutes', true], ['arrive-60', 'Dans une heure', true], ['indisponible', 'Je ne suis pas disponible', false]],
  cip: [['arrive-15', "J'arrive dans 15 minutes", true], ['arrive-30', 'Dans 30 minutes', true], ['arrive-60', 'Dans une heure', true], ['indisponible', 'Je ne suis pas disponible', false]],
};
const SAID: Record<'acknowledged' | CallInAnswer, string> = {
  'acknowledged': 'Votre réponse est enregistrée : vous avez bien reçu ce message. Vous pouvez fermer cette page.',
  'taking-charge': "C'est enregistré : vous prenez en charge. Ouvrez la console quand vous le pouvez.",
  'coming': 'Votre arrivée est enregistrée. Vous pouvez encore changer votre réponse ici.',
  'unavailable': "C'est noté : vous n'êtes pas disponible. Vous pouvez encore changer votre réponse ici.",
};

/** Read on a telephone, at night, by somebody who was just woken: who writes, what it says, one thing to touch. */
export function renderOwnPage({ page, token, state }: { page: OwnPage | undefined; token: string; state: OwnPageState }): string {
  if (!page) return shell('Adresse inconnue', null, html`<h1>${fr('Cette adresse ne mène à aucun message.')}</h1><p>${fr('Vérifiez que vous l’avez ouverte en entier, telle que vous l’avez reçue.')}</p>`);
  const { prefecture, purpose, text, said, isClosed, marked } = page;
  const answered = said === 'nothing' ? null : html`<p class="said" role="status">${fr(SAID[said])}</p>`;
  const failed = state === 'failed' ? html`<p class="failed" role="alert">${fr("Votre réponse n'a pas pu être enregistrée. Touchez le bouton encore une fois.")}</p>` : null;
  const buttons = isClosed || said === 'acknowledged' || said === 'taking-charge' ? null
    : BUTTONS[purpose].map(([path, words, isMain]) => html`<form method="post" action="/r/${token}/${path}"><button class="${isMain ? 'main' : 'other'}">${fr(words)}</button></form>`);
  return shell(`${prefecture} : message`, marked, html`
    <p class="who">${prefecture}</p><h1>${fr(purpose === 'officials' ? 'Un message de la préfecture' : 'Vous êtes appelé')}</h1>
    ${text.split(/\n+/).map((line) => html`<p class="text">${fr(line)}</p>`)}
    ${failed}${answered}${buttons}
    ${isClosed && said === 'nothing' ? html`<p class="said" role="status">${fr("Cet événement est clos : aucune réponse n'est plus attendue.")}</p>` : null}`);
}

function shell(title: string, marked: boolean | null, body: Html): string {
  const mark = marked ? html`<p class="mark">${EXERCISE_MARK}</p>` : null;
  const { markup } = html`<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">
    <title>${marked ? `EXERCICE — ${title}` : title}</title><link rel="stylesheet" href="/r/page.css"></head><body>${mark}<main>${body}</main>${mark}</body></html>`;
  return `<!doctype html>${markup}`;
}

export const OWN_PAGE_STYLE = `:root { color-scheme: light dark; }
body { margin: 0; font: 1.125rem/1.5 "IBM Plex Sans", system-ui, sans-serif; background: light-dark(#f1f3f6, #101318); color: light-dark(#15181d, #eef1f5); }
main { max-width: 34rem; margin: 0 auto; padding: 1.25rem; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0.25rem 0 1rem; }
.who { margin: 0; color: light-dark(#4f5763, #aab3c0); font-weight: 600; }
.text { margin: 0.75rem 0; font-size: 1.25rem; overflow-wrap: anywhere; }
.mark { margin: 0; padding: 0.75rem 1rem; text-align: center; font-weight: 700; background: light-dark(#5a1d8a, #d9b3ff); color: light-dark(#fff, #22083a); }
form { margin: 0.75rem 0 0; }
button { box-sizing: border-box; width: 100%; min-height: 3.5rem; padding: 0.75rem 1rem; border-radius: 0.5rem; font: inherit; font-weight: 700; cursor: pointer; }
button.main { border: 0; background: light-dark(#1f3f8f, #a9c0ff); color: light-dark(#fff, #0e1730); }
button.other { border: 1px solid light-dark(#737c89, #808a98); background: transparent; color: inherit; }
button:focus-visible { outline: 3px solid light-dark(#15181d, #eef1f5); outline-offset: 3px; }
.said { padding: 1rem; border-radius: 0.5rem; background: light-dark(#dcf1e2, #143321); color: light-dark(#1b6b3a, #74d491); font-weight: 600; }
.failed { padding: 1rem; border-radius: 0.5rem; background: light-dark(#fde2e0, #43191a); color: light-dark(#b3161b, #ff8f88); font-weight: 600; }
`;

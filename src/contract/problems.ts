import type { Refusal, RefusalCode } from '../domain/refusal.js';
import { fr } from './french-typography.js';
import { refusalSentence } from './french.js';
import type { Problem } from './live.js';

/** THE table: what HTTP says when the domain refuses. */
export const REFUSAL_STATUS: Record<RefusalCode, number> = {
  'signed-out': 401, 'wrong-credentials': 401,
  'forbidden': 403, 'forged': 403, 'second-factor-needed': 403, 'clock-not-yours': 403, 'visa-needed': 403, 'not-the-holder': 403, 'engine-only': 403, 'exercises-only': 403,
  'unknown-activation': 404, 'unknown-step': 404, 'unknown-token': 404, 'unknown-screen': 404, 'unknown-webhook': 404, 'unknown-perimeter': 404,
  'unknown-entry': 422, 'unknown-person': 422, 'unknown-commune': 422, 'unknown-contact': 422, 'unknown-text': 422, 'unknown-file': 422,
  'unknown-campaign': 422, 'nobody-to-reach': 422, 'nobody-there': 422, 'campaign-running': 409, 'campaign-stopped': 409, 'no-telephony': 409, 'file-refused': 422, 'no-result': 422, 'empty-perimeter': 422, 'commune-in-circle-1': 422, 'commune-needed': 422, 'too-many-contacts': 422, 'ends-before-it-begins': 422, 'too-many-people': 422, 'mandate-not-ended': 409, 'number-refused': 422,
  'unknown-calendar': 404, 'too-many-calendars': 409, 'calendar-refused': 422, 'unknown-training': 404, 'training-date': 422, 'training-list-refused': 422,
  'certificate-refused': 422, 'qualification-needed': 409,
  'unknown-import': 404, 'not-rehearsed': 409, 'not-applied': 409, 'stale-rehearsal': 409, 'undo-too-late': 409, 'rehearsal-running': 409,
  'weak-password': 422, 'wrong-code': 422, 'token-expiry': 422, 'address-refused': 422, 't0-ahead': 422, 't0-old': 422, 'in-the-future': 422,
  'unknown-declaration': 409, 'already-open': 409, 'not-open': 409, 'ended': 409, 'not-ended': 409, 'sealed': 409, 'cancelled': 409,
  'step-apart': 409, 'step-already-settled': 409, 'step-not-settled': 409, 'stale': 409, 'clock-running': 409, 'clock-not-started': 409,
  'circle-frozen': 409, 'no-perimeter': 409, 'call-claimed': 409, 'synergi-number-taken': 409, 'stale-person': 409, 'different-t0': 409, 'has-synergi-number': 409, 'no-text-to-approve': 409, 'function-held': 409,
  'function-free': 409, 'no-offer': 409, 'not-oral': 409, 'nothing-promised': 409, 'another-lane': 409, 'key-reused': 409,
  'login-taken': 409, 'last-administrator': 409, 'too-many-webhooks': 409, 'perimeter-name-taken': 409, 'too-many-perimeters': 409, 'second-factor-kept': 409, 'no-second-factor': 409,
  'erased': 410, 'dead-link': 410, 'dead-screen-address': 410, 'throttled': 429,
  'storage-failed': 503,
};

/** What goes wrong before the domain is asked: [status, sentence]. */
export const WIRE_PROBLEMS = {
  'malformed': [400, "La demande n'est pas du JSON lisible. Rien n'a été enregistré."],
  'invalid': [422, "Un champ ne convient pas : voyez lequel. Rien n'a été enregistré."],
  'bad-call-list': [422, "Des lignes de la liste ne peuvent pas être appelées : voyez lesquelles. Rien n'a été enregistré."],
  'bad-key': [422, "L'en-tête Idempotency-Key demande de 1 à 200 caractères ASCII visibles. Rien n'a été enregistré."],
  'token-scope': [403, "Ce jeton ne permet pas cette opération. Rien n'a été enregistré."],
  'unknown-route': [404, "Il n'y a rien à cette adresse."],
  'unknown-order': [404, "Ce geste n'existe pas. Rechargez la page. Rien n'a été enregistré."],
  'unknown-upload': [404, "Cet envoi de fichier n'existe pas ou a expiré. Joignez le fichier de nouveau."],
  'upload-offset': [409, "L'envoi du fichier s'est décalé : il reprend là où le serveur en est."],
  'too-many-uploads': [429, "Trop de fichiers arrivent ou attendent d'être joints. Joignez-les, ou recommencez dans quelques minutes."],
  'too-many-waits': [429, "Trop de lectures attendent déjà la suite d'un journal. Gardez-en une par activation, ou lisez sans « wait »."],
  'upload-too-large': [413, "Ce fichier dépasse la taille admise ici. Réduisez-le, ou déposez-le ailleurs et collez son adresse."],
  'import-too-large': [413, "Ce fichier dépasse la taille admise ici (réglage importMegabytes). Rien n'a été reçu. N'y gardez que votre département, ou faites relever ce réglage."],
  'too-large': [413, "La demande est trop volumineuse. Rien n'a été enregistré. Joignez un fichier plutôt qu'un long texte."],
  'wrong-type': [415, "Ce type de contenu n'est pas attendu ici. Rien n'a été enregistré."],
  'too-slow': [408, "La demande a mis trop de temps à arriver. Rien n'a été enregistré. Recommencez."],
  'demonstration-elsewhere': [409, "La démonstration ne s'ouvre que dans un navigateur de la machine du serveur, et cette console est atteinte d'ailleurs. Rien n'a été lancé. Sur votre propre poste, lancez « npm run demo »."],
  'demonstration-failed': [503, "La démonstration n'a pas démarré. Rien d'autre n'a changé ici. Recommencez ; si cela se répète, lancez « npm run demo » sur votre poste."],
  'disk-full': [507, "Le disque du serveur est plein : rien n'a été enregistré. Votre saisie est gardée sur cette page ; prévenez l'exploitant."],
  'stopping': [503, "Le serveur s'arrête. Rien n'a été enregistré. Recommencez dans un instant."],
  'internal': [500, "Une erreur de notre fait est survenue. Votre saisie est gardée sur cette page ; si cela se répète, prévenez l'exploitant."],
} as const satisfies Record<string, readonly [number, string]>;
export type WireProblem = keyof typeof WIRE_PROBLEMS;

/** By status: what stands as a title, shorter than the sentence. */
const TITLES: Record<number, string> = {
  400: 'Demande illisible', 401: 'Identification nécessaire', 403: 'Geste refusé', 404: 'Introuvable', 408: 'Trop lent', 409: 'Pas dans cet état', 410: 'Effacé',
  413: 'Trop volumineux', 415: 'Type inattendu', 422: 'À corriger', 429: 'Trop de demandes', 500: 'Erreur interne', 503: 'Indisponible', 507: 'Disque plein',
};

export function problemOf(refusal: Refusal, zone?: string): Problem {
  const { refused, details } = refusal;
  return problem(refused, REFUSAL_STATUS[refused], refusalSentence(refusal, zone), details);
}

export function wireProblem(code: WireProblem, details?: Problem['details']): Problem {
  const [status, sentence] = WIRE_PROBLEMS[code];
  return problem(code, status, fr(sentence), details);
}

function problem(refused: string, status: number, detail: string, details: Problem['details']): Problem {
  return { type: `urn:temps-zero:${refused}`, title: TITLES[status] ?? 'Refusé', status, detail, refused, ...(details ? { details } : {}) };
}

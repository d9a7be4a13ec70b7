import { z } from 'zod';
import { TOKEN_OPERATIONS } from '../domain/administration-rules.js';
import { LAUNCHES_DEMONSTRATION, PERMISSIONS } from '../domain/rights.js';
import { declareT0Order, openOrder, ORDERS, type OrderName } from './commands.js';
import { DEMONSTRATION_OPERATIONS } from './demonstration.js';
import { DIRECTORY_OPERATIONS } from './directory.js';
import { IMPORT_OPERATIONS } from './imports.js';
import { CONTRACT } from './live.js';
import { ON_CALL_OPERATIONS } from './on-call.js';
import { PEOPLE_OPERATIONS, type PeopleOperation } from './people.js';
import { PERIMETER_OPERATIONS } from './perimeters.js';
import { WIRE_PROBLEMS } from './problems.js';
import { TRAINING_OPERATIONS } from './training.js';
import { WEBHOOK_OPERATIONS } from './webhooks.js';
import { refusalSentences } from './french.js';

type Json = Record<string, unknown>;

/** What can be read, with the name of its type in the contract. */
const READS: readonly [path: string, says: string, answers: string, query?: Record<string, string>][] = [
  ['/api/me', 'Qui est connecté', 'Me'],
  ['/api/house', 'Comment cette préfecture est réglée', 'House'],
  ['/api/demonstration', 'Si ce serveur joue une démonstration', 'DemonstrationHere'],
  ['/api/plan', 'Le plan que figera la prochaine activation', 'Plan'],
  ['/api/telephony', 'Si appeler marche cette nuit : comptes, dernier essai, voies', 'TelephonyShown'],
  ['/api/activations', 'Les activations en cours, puis les dernières', 'ActivationLine[]', { before: 'ouvertes avant cet instant (ms)' }],
  ['/api/activations/{id}', "L'état d'une activation, avec les yeux du lecteur", 'Snapshot'],
  ['/api/activations/{id}/journal', 'Des entrées du journal', 'JournalPage', {
    after: 'après ce numéro', before: 'avant ce numéro', seqs: 'ces numéros, séparés par des virgules', limit: 'au plus (500)',
    wait: "avec after : attendre la suite jusqu'à tant de secondes (1 à 30)",
  }],
  ['/api/activations/{id}/texts', 'Des contenus du coffre, par empreinte', 'Texts', { digests: 'au plus 100, séparées par des virgules' }],
  ['/api/activations/{id}/files/{digest}', 'Un fichier du coffre, en pièce jointe', 'octets'],
  ['/api/activations/{id}/uploads/{upload}', "Où en est l'envoi d'un fichier", 'UploadState'],
  ['/api/activations/{id}/page.html', "La page imprimable de l'heure", 'HTML'],
  ['/api/activations/{id}/export.zip', "L'export vérifiable", 'ZIP', { contents: 'false : sans aucun texte ni fichier' }],
  ['/api/activations/{id}/outside-results/{digest}', "Ce que montre le fichier de résultats d'un automate extérieur, envoyé avant", 'ResultFileShown'],
  ['/api/activations/{id}/call-list.pdf', "La liste d'appel du périmètre arrêté, numéros en entier ; inscrite au journal d'administration", 'PDF'],
  ['/api/activations/{id}/call-list.csv', 'La même, pour un tableur', 'CSV'],
  ['/api/perimeters/{id}/call-list.pdf', "La liste d'appel d'un périmètre gardé, numéros en entier ; inscrite au journal d'administration", 'PDF'],
  ['/api/perimeters/{id}/call-list.csv', 'La même, pour un tableur', 'CSV'],
  ['/api/paper-plan.html', 'Le plan sur papier', 'HTML', { activation: "d'une activation", kind: 'cod ou important', lane: 'real ou exercise', t0: 'instant ISO 8601', nu: 'instant ISO 8601' }],
  ['/api/people', 'Comment nommer des comptes', 'People', { ids: 'au plus 200, séparés par des virgules' }],
  ['/api/people/working', 'Qui peut recevoir une étape ou une fonction', 'Working'],
  ['/api/on-call', "Qui est d'astreinte, maintenant ou à une date", 'OnCallNow', { at: 'instant ISO 8601', function: 'code de la fonction' }],
  ['/api/on-call/weeks', "Les semaines d'astreinte à venir, leurs trous et leurs doublons", 'OnCallWeeks', { weeks: 'de 1 à 26' }],
  ['/api/on-call.ics', "Qui est d'astreinte, en iCalendar (jeton read-on-call, en en-tête ou dans l'adresse)", 'iCalendar', { function: 'code de la fonction', key: 'le jeton' }],
  ['/api/training/{id}/certificate', "L'attestation d'une formation, en pièce jointe", 'octets'],
  ['/api/communes', 'Des communes, par nom ou par code', 'Commune[]', { q: 'début du nom ou du code', departement: 'code', codes: 'ces codes' }],
  ['/api/communes/all', 'Toutes les communes du département et de ses voisins', 'Commune[]'],
  ['/api/communes/groups', 'EPCI, arrondissements, départements', 'CommuneGroup[]', { departement: 'code' }],
  ['/api/communes/contours', 'Les contours importés, en millièmes de degré, et les communes voisines', 'Contours'],
  ['/api/directory/quality', "Ce qu'il y a à corriger dans l'annuaire, et sa note", 'QualityShown'],
  ['/api/directory/quality/{flaw}', "La suite de ce qu'il y a à corriger d'une sorte", 'FindingsPage', { from: 'combien sont déjà lus' }],
  ['/api/directory/people/{id}', "Une fiche de l'annuaire ; numéros masqués", 'PersonLine'],
  ['/api/directory/imports/uploads/{upload}', "Où en est l'envoi d'un fichier à importer", 'UploadState'],
  ['/api/backups', 'Les sauvegardes que ce serveur fait de lui-même', 'BackupsShown'],
  ['/metrics', 'Les mesures du serveur, pour Prometheus (jeton read-metrics)', 'texte'],
  ['/healthz', 'Le processus vit', 'ok'],
  ['/readyz', 'La base écrit, le battement a moins de 10 s', 'ok'],
];

/** What a token with `read-journal` may read. */
const READ_BY_TOKENS = ['/api/activations', '/api/activations/{id}/journal', '/api/activations/{id}/texts', '/api/on-call', '/api/on-call.ics'];

/** What each order does, for whoever writes a script. */
const SAYS: Record<OrderName, string> = {
  'start-clock': 'Démarrer une horloge', 'correct-clock': 'Corriger un T0, avec un motif', 'order-nu': "Ordonner l'activation du numéro unique",
  'record-synergi-number': 'Enregistrer le numéro SYNERGI', 'answer-declaration': 'Rattacher une déclaration, ou la dire autre',
  'set-event-type': "Dire le type d'événement", 'declare-fact': 'Déclarer un fait', 'set-title': "Donner un titre", 'set-communes': 'Dire les communes concernées',
  'record-decider': 'Dire qui a décidé', 'take-function': 'Prendre une fonction', 'offer-handover': 'Passer une fonction', 'accept-handover': 'Accepter une passation',
  'relieve-function': 'Relever une fonction', 'assign-step': 'Confier une étape', 'start-step': 'Commencer une étape', 'write-step-text': "Écrire le texte d'une étape",
  'add-evidence': 'Ajouter une preuve', 'complete-step': 'Dire une étape faite', 'mark-not-applicable': 'Dire une étape sans objet',
  'mark-outside-cause': 'Dire une cause extérieure', 'reopen-step': 'Rouvrir une étape', 'paste-call-list': 'Coller une liste à appeler',
  'freeze-perimeter': 'Arrêter un cercle du périmètre', 'refuse-circle': 'Refuser le cercle 2, avec un motif',
  'record-outside-campaign': "Dire une campagne menée par un automate extérieur", 'import-outside-results': "Importer le fichier de résultats d'un automate extérieur",
  'claim-call': 'Prendre un appel direct dans la file', 'release-call': 'Rendre un appel direct à la file', 'record-direct-call': "Noter le résultat d'un appel direct",
  'start-campaign': 'Lancer une campagne vers les élus', 'change-campaign-text': "Changer le texte d'une campagne", 'pause-campaign': 'Suspendre une campagne',
  'resume-campaign': 'Reprendre une campagne', 'stop-campaign': 'Arrêter une campagne', 'answer-call-in': 'Répondre à un rappel : je prends en charge, j’arrive, indisponible',
  'declare-operational': 'Dire la cellule opérationnelle, avec qui est là',
  'record-call': "Noter le résultat d'un appel", 'confirm-oral': 'Confirmer une décision orale', 'log-note': 'Écrire à la main courante',
  'log-direction-note': 'Écrire une note réservée à la direction', 'keep-promise': 'Dire une annonce tenue', 'erase-text': 'Effacer un texte ou un fichier du coffre',
  'pause-exercise': "Arrêter le temps d'un exercice", 'resume-exercise': "Reprendre le temps d'un exercice, à sa vitesse d'avant la pause",
  'set-exercise-speed': "Régler la vitesse d'un exercice ; en pause, il repart",
  'end': "Terminer l'activation", 'seal': 'Sceller le journal', 'cancel-opening': 'Ouverte par erreur',
};

const KEY = { name: 'Idempotency-Key', in: 'header', required: false, description: 'La même clé avec le même corps n’agit qu’une fois', schema: { type: 'string', maxLength: 200 } };
const parameter = (name: string) => ({ name, in: 'path', required: true, schema: { type: 'string' } });
const inPath = (path: string) => [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => parameter(name!));
const schemaOf = (schema: z.ZodType): Json => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  return json;
};
const problem = { description: 'Refus, en détails de problème (RFC 9457)', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
const answer = (says: string): Json => ({ '200': { description: says }, 'default': problem });
const bodyOf = (schema: z.ZodType): Json => ({ required: true, content: { 'application/json': { schema: schemaOf(schema) } } });

/** The document at `/api/openapi.json`: every operation there is, from the same tables that the server obeys. */
export function openApiDocument(demonstration: boolean): Json {
  const paths: Record<string, Json> = {};
  const add = (path: string, method: string, operation: Json) => {
    paths[path] = { ...paths[path], [method]: { parameters: inPath(path), ...operation } };
  };
  const order = (path: string, id: string, says: string, schema: z.ZodType, more: Json) => add(path, 'post', {
    operationId: id, summary: says, parameters: [...inPath(path), KEY], requestBody: bodyOf(schema), responses: answer('Accepted'), ...more,
    'x-token': TOKEN_OPERATIONS.includes(id),
  });
  for (const [path, says, answers, query = {}] of READS) {
    const parameters = [...inPath(path), ...Object.entries(query).map(([name, description]) => ({ name, in: 'query', description, schema: { type: 'string' } }))];
    add(path, 'get', { summary: says, parameters, responses: answer(answers), ...(READ_BY_TOKENS.includes(path) ? { 'x-token': true } : {}) });
  }
  order('/api/activations', 'open', 'Ouvrir une activation', openOrder, { 'x-rights': PERMISSIONS.open.rights });
  order('/api/t0', 'declare-t0', 'Déclarer un T0 depuis SYNERGI', declareT0Order, { 'x-rights': PERMISSIONS.open.rights });
  for (const [name, schema] of Object.entries(ORDERS) as [OrderName, z.ZodType][]) {
    order(`/api/activations/{id}/${name}`, name, SAYS[name], schema, { 'x-rights': PERMISSIONS[name].rights });
  }
  add('/api/activations/{id}/uploads', 'post', {
    operationId: 'start-upload', summary: "Commencer l'envoi d'un fichier", responses: answer('UploadState'),
    requestBody: bodyOf(z.strictObject({ name: z.string().max(200), size: z.int().min(1) })),
  });
  for (const [path, operationId] of [['/api/activations/{id}/uploads/{upload}', 'put-chunk'], ['/api/directory/imports/uploads/{upload}', 'put-import-chunk']] as const) {
    add(path, 'put', {
      operationId, summary: "Envoyer un morceau, d'au plus 256 ko", responses: answer('UploadState'),
      parameters: [...inPath(path), { name: 'offset', in: 'query', required: true, schema: { type: 'integer' } }],
      requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } },
    });
  }
  add('/api/activations/{id}/uploads/{upload}/complete', 'post', { operationId: 'complete-upload', summary: 'Mettre le fichier au coffre', responses: answer('Uploaded') });
  const others = { ...PEOPLE_OPERATIONS, ...WEBHOOK_OPERATIONS, ...DIRECTORY_OPERATIONS, ...PERIMETER_OPERATIONS, ...IMPORT_OPERATIONS, ...ON_CALL_OPERATIONS, ...TRAINING_OPERATIONS };
  for (const [id, { method, path, says, body, access }] of Object.entries<PeopleOperation>(others)) {
    add(path, method.toLowerCase(), {
      operationId: id, summary: says, responses: answer('voir le contrat'), ...(body ? { requestBody: bodyOf(body) } : {}),
      ...(access === 'everybody' ? { security: [] } : {}),
    });
  }
  for (const [id, { path, says, body, within }] of Object.entries(DEMONSTRATION_OPERATIONS)) {
    if (within !== demonstration) continue;
    add(path, 'post', {
      operationId: id, summary: says, responses: answer('voir le contrat'), requestBody: bodyOf(body),
      ...(within ? { security: [] } : { 'x-rights': LAUNCHES_DEMONSTRATION }),
    });
  }
  return {
    openapi: '3.1.0',
    info: { title: 'temps-zero', version: String(CONTRACT), description: 'Les ordres passent par ici ; les nouvelles arrivent par socket.io, chemin /live.' },
    security: [{ session: [], csrf: [] }, { token: [] }],
    paths,
    components: { securitySchemes: SECURITY, schemas: { Problem: PROBLEM } },
  };
}

const SECURITY = {
  session: { type: 'apiKey', in: 'cookie', name: 'tz-session' },
  csrf: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
  token: { type: 'http', scheme: 'bearer' },
};
const PROBLEM = {
  type: 'object', required: ['type', 'title', 'status', 'detail', 'refused'],
  properties: {
    type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' }, detail: { type: 'string' },
    refused: { enum: [...Object.keys(refusalSentences), ...Object.keys(WIRE_PROBLEMS)] }, details: { type: 'object' },
  },
};

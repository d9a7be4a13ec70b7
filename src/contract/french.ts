import { reachingSentence } from './reaching-words.js';
import { LACKS, TRAINING_KINDS, type Lack, type TrainingKind } from '../domain/people/training.js';
import type { NumberFault, Office, PersonKind } from '../domain/directory/person.js';
import type { FunctionCode, Lane, OnBehalf, Sealed, Withheld } from '../domain/entry.js';
import type { ActivationEntry, CallOutcome, DeciderRole, Evidence, NotApplicableCategory, RequestOutcome, WarningKind } from '../domain/events.js';
import type { CommuneState } from '../domain/outreach/commune-facts.js';
import type { FrozenTarget, OutsideOutcome } from '../domain/outreach/targets.js';
import type { ClockId, Condition, EvidenceKind, Fact } from '../domain/plan/plan.js';
import type { Refusal, RefusalCode } from '../domain/refusal.js';
import type { Right } from '../domain/rights.js';
import type { Life } from '../domain/state.js';
import type { ClockWord } from '../domain/views/board.js';
import type { StepWord } from '../domain/views/steps.js';
import type { Verdict } from '../domain/views/verdicts.js';
import { calendarAdvice, calendarFaultWords, failureWords } from './failure-words.js';
import { fileFaultSentence } from './import-words.js';
import { clockTime, dayTime, duration } from './french-times.js';
import { capital, count, fr, frAll, listed } from './french-typography.js';

export const stepWords: Record<StepWord, string> = frAll({
  'todo': 'à faire', 'under-way': 'en cours', 'at-risk': 'à surveiller', 'overdue': 'dépassé', 'done': 'fait',
  'done-after-target': 'fait après la cible', 'done-late': 'fait hors délai', 'not-applicable': 'sans objet',
  'outside-cause': 'cause extérieure', 'missed': 'manqué', 'apart': 'à part',
});
export const verdictWords: Record<Verdict, string> = frAll({
  'not-started': 'non démarré', 'on-time': 'dans les temps', 'at-risk': 'à surveiller', 'overdue': 'dépassé', 'held': 'tenu',
  'held-declared-afterwards': 'tenu (déclaré après coup)', 'late': 'hors délai', 'missed': 'manqué', 'not-applicable': 'sans objet',
  'outside-cause': 'cause extérieure', 'not-demonstrable': 'non démontrable',
});
export const clockWords: Record<ClockWord, string> = frAll({
  'on-time': 'dans les temps', 'at-risk': 'à surveiller', 'overdue': 'dépassé', 'held': 'tenu', 'stopped': 'arrêtée',
});
export const clockNames: Record<ClockId, string> = frAll({ important: 'T0 événement important', cod: 'T0-COD', nu: 'T0-NU', ciav: 'CIAV' });
export const functionNames: Record<FunctionCode, string> = frAll({
  DC: 'directeur de cabinet', AA: "agent d'astreinte", RC: 'responsable de cellule', OE: 'opérateur élus', OP: 'opérateur presse',
  OW: 'opérateur web et réseaux', SI: 'SIDPC', CC: 'chef CIP', TS: 'technicien téléphonie',
});
export const behalfNames: Record<OnBehalf, string> = { ...functionNames, prefet: 'préfet', directeur: 'directeur de cabinet' };
export const deciderNames: Record<DeciderRole, string> = frAll({ prefet: 'préfet', directeur: 'directeur de cabinet', 'sous-prefet': 'sous-préfet de permanence' });
export const rightNames: Record<Right, string> = frAll({
  prefet: 'préfet', directeur: 'directeur de cabinet', communication: 'communication', astreinte: 'astreinte', sidpc: 'SIDPC', cip: "cellule d'information du public",
  planificateur: 'planificateur', observateur: 'observateur', joueur: 'joueur', auditeur: 'auditeur', ecran: 'écran mural', admin: 'administrateur',
});
export const laneNames: Record<Lane, string> = frAll({ real: 'réel', exercise: 'exercice', test: 'essai' });
export const lifeWords: Record<Life, string> = frAll({
  unopened: 'pas ouverte', running: 'en cours', ended: 'terminée', sealed: 'scellée', cancelled: 'ouverte par erreur',
});
export const categoryNames: Record<NotApplicableCategory, string> = frAll({
  'not-concerned': "l'événement ne le demande pas", 'no-means': "le moyen n'existe pas ici", 'decided-against': 'décision de ne pas le faire',
  'done-elsewhere': 'fait par un autre service', 'exercise-scope': "hors du champ de l'exercice",
});
export const callOutcomes: Record<CallOutcome, string> = frAll({
  'acknowledged': 'acquitté', 'call-again': 'à rappeler', 'no-answer': 'pas de réponse', 'wrong-number': 'faux numéro', 'refused': 'refus',
  'relayed': 'prévenu par un tiers',
});
/** Of a commune: it agrees with "commune". */
export const communeStateWords: Record<CommuneState, string> = frAll({
  'acknowledged': 'acquittée', 'answered': 'décrochée', 'tried': 'tentée', 'untried': 'pas tentée', 'refused': 'refus', 'unreachable': 'injoignable',
});
export const outsideOutcomes: Record<OutsideOutcome, string> = frAll({
  'acknowledged': 'acquitté', 'answered': 'décroché', 'machine': 'répondeur', 'busy': 'occupé', 'no-answer': 'pas de réponse', 'invalid': 'numéro invalide', 'failed': 'échec',
});
/** What the journal may say of somebody: "maire, 76540". */
export const roleNames: Record<FrozenTarget['role'], string> = frAll({
  'maire': 'maire', 'maire-delegue': 'maire délégué', 'adjoint': 'adjoint', 'conseiller': 'conseiller municipal', 'president-epci': "président d'EPCI",
  'conseiller-departemental': 'conseiller départemental', 'parlementaire': 'parlementaire', 'autre': 'élu', 'town-hall': 'mairie', 'agent': 'agent',
});
export const warningNames: Record<WarningKind, string> = frAll({
  target: 'cible atteinte', minus15: "15 min avant l'échéance", minus5: "5 min avant l'échéance", deadline: 'échéance atteinte',
});
export const factNames: Record<Fact, string> = frAll({
  attack: 'attentat', alert: 'population alertée', accounts: 'comptes X ou Facebook', app: 'application mobile',
});
export const evidenceNames: Record<EvidenceKind, string> = frAll({
  none: 'aucune preuve demandée', text: 'un texte', link: 'une adresse', file: 'un fichier', visa: 'le visa du préfet ou du directeur', any: 'un texte, une adresse ou un fichier',
});
export const requestOutcomes: Record<RequestOutcome, string> = frAll({
  shown: 'affichée', nobody: 'personne pour la lire', failed: 'non transmise', doubt: "on ne sait pas si elle est passée",
});

/** "vitesse × 20", "en pause". */
export function speedWords(speed: number): string {
  return fr(speed === 0 ? 'en pause' : `vitesse × ${speed}`);
}

/** Why a step stands apart: "si attentat". `step` gives the title of a step. */
export function conditionWords(when: Condition, step: (id: string) => string = (id) => id): string {
  if (when === 'always') return 'toujours';
  if ('fact' in when) return fr(`si ${factNames[when.fact]}`);
  if ('clock' in when) return when.clock === 'nu' ? fr('si le numéro unique est ordonné') : fr(`si ${clockNames[when.clock]} démarre`);
  if ('done' in when) return fr(`après « ${step(when.done)} »`);
  if ('not' in when) return conditionWords(when.not, step).replace(/^si /, 'sauf si ').replace(/^après /, 'sauf après ');
  return when.any.map((one) => conditionWords(one, step)).join(' ou ');
}

type Details = NonNullable<Refusal['details']>;
type Say = (details: Details, zone: string) => string;
const at = (value: Details[string] | undefined, zone: string) => (typeof value === 'string' ? dayTime(value, zone) : '?');
const hands = (code: Details[string] | undefined) => functionNames[code as FunctionCode] ?? String(code ?? '');
const status = (word: Details[string] | undefined) => stepWords[word as StepWord] ?? String(word ?? '');
const KEPT = 'Votre saisie est gardée.';

/** Why a number cannot be called, after "ce numéro". */
export const personKindNames: Record<PersonKind, string> = { 'official': 'élu', 'agent': 'agent', 'press': 'presse', 'town-hall': 'mairie' };
export const officeNames: Record<Office, string> = frAll({
  'maire': 'maire', 'maire-delegue': 'maire délégué', 'adjoint': 'adjoint', 'conseiller': 'conseiller municipal', 'president-epci': "président d'EPCI",
  'conseiller-departemental': 'conseiller départemental', 'parlementaire': 'parlementaire', 'autre': 'autre',
});
export const numberFaultWords: Record<NumberFault, string> = {
  'empty': 'manque', 'not-a-number': 'ne peut pas être composé', 'too-short': 'est trop court', 'too-long': 'est trop long : un seul par ligne, sans poste',
  'emergency': "est un numéro d'urgence : il ne s'appelle pas d'ici", 'premium': 'est surtaxé : il ne s\'appelle pas d\'ici',
};
/** 47.2, 50.2: what somebody's training lacks. */
export const lackWords: Record<Lack, string> = frAll({
  'cell': "pas de formation à la communication d'urgence", 'cell-renewal': "formation à la communication d'urgence à renouveler",
  'cip-initial': 'pas de formation initiale CIP', 'cip-refresher': 'consolidation CIP à refaire', 'cip-exercise': 'aucun exercice avec la CIP',
});
export const trainingNames: Record<TrainingKind, string> = frAll({
  'cell': "communication d'urgence (cellule)", 'cip-initial': 'CIP, formation initiale', 'cip-refresher': 'CIP, consolidation', 'cip-exercise': 'exercice avec la CIP',
});
export function lackList(lacks: unknown): string {
  const found = LACKS.filter((lack) => (Array.isArray(lacks) ? lacks : String(lacks ?? '').split(' ')).includes(lack));
  return found.length === 0 ? 'formation à vérifier' : listed(found.map((lack) => lackWords[lack]));
}
/** What may stand in a list's column « formation ». */
export const trainingKindsWritten = listed(TRAINING_KINDS.map((kind) => `« ${trainingNames[kind]} »`));
/** Why a list of trainings was not read at all. */
const trainingListWords: Record<string, string> = {
  'empty': "ce fichier est vide. Exportez-le de nouveau", 'unreadable': "ce fichier n'est pas un tableau CSV lisible. Enregistrez votre tableau au format CSV, puis recommencez",
  'columns': "il manque une colonne : « personne », « formation » et « date » sont attendues en première ligne. Renommez-les, puis recommencez",
  'too-many': 'plus de 1 000 lignes à la fois. Partagez le fichier en deux', 'nothing': 'aucune ligne ne peut être enregistrée : voyez pourquoi dans le détail',
};
const WEAK = { short: 'a moins de 12 caractères', obvious: 'est trop facile à deviner', login: "contient l'identifiant" };

const EXERCISE_CLOCK = new Set(['pause-exercise', 'resume-exercise', 'set-exercise-speed']);

/** What happened, what was kept, what to try. */
const REFUSED: Record<RefusalCode, Say> = {
  'forbidden': (d) => EXERCISE_CLOCK.has(String(d.command)) ? "Le temps réel ne s'arrête ni ne s'accélère ; celui d'un exercice, c'est son planificateur qui le règle. Rien n'a changé."
    : d.for === 'prefet' ? 'Cette décision est celle du préfet : lui seul peut la confirmer. Rien n\'a changé.'
    : `Vos droits ne permettent pas ce geste. ${KEPT} Demandez-le à une personne qui en a le droit, ou consignez le fait dans la main courante.`,
  'second-factor-needed': () => `Ce geste engage l'État : il demande votre second facteur. ${KEPT} Saisissez votre code, puis recommencez.`,
  'unknown-activation': () => "Cette activation n'existe pas ici, ou vous n'y avez pas accès. Revenez à la liste des activations.",
  'unknown-step': (d) => `L'étape ${String(d.step ?? '')} ne fait pas partie de cette activation. ${KEPT} Rechargez la page, ou consignez le fait dans la main courante.`,
  'unknown-entry': (d) => `L'entrée ${String(d.entry ?? '')} n'existe pas dans ce journal. ${KEPT} Vérifiez son numéro.`,
  'unknown-person': () => `Cette personne n'a pas de compte actif. ${KEPT} Choisissez-en une autre.`,
  'unknown-commune': (d) => `La commune ${String(d.commune ?? '')} est inconnue. Les autres sont gardées. Cherchez-la par son nom ou son code officiel.`,
  'unknown-contact': () => `Cette personne n'est pas dans la liste d'appel. ${KEPT} Ajoutez-la à la liste, puis notez l'appel.`,
  'unknown-declaration': () => "Cette déclaration a déjà reçu sa réponse. Rien n'a changé : voyez la main courante.",
  'unknown-text': () => "Aucune entrée de cette activation ne porte ce contenu. Rien n'a été effacé.",
  'unknown-file': () => `Ce fichier n'est pas arrivé entier jusqu'au serveur. Le reste de votre saisie est gardé. Joignez-le de nouveau.`,
  'already-open': () => "Cette activation est déjà ouverte. Rien n'a été ouvert une seconde fois.",
  'not-open': () => `Cette activation n'est pas encore ouverte. ${KEPT} Ouvrez-la d'abord.`,
  'ended': () => `L'activation est terminée : ce geste n'a plus cours. ${KEPT} Une note de main courante reste possible jusqu'au scellement.`,
  'not-ended': () => "L'activation court encore : terminez-la avant de la sceller. Rien n'a changé.",
  'sealed': () => "L'activation est scellée : son journal ne change plus. Copiez votre saisie si vous en avez besoin ailleurs.",
  'cancelled': () => "L'activation a été ouverte par erreur : elle ne reçoit plus rien. Copiez votre saisie, et reprenez-la dans la bonne activation.",
  'step-apart': () => `Cette étape est à part : sa condition n'est pas remplie. ${KEPT} Déclarez d'abord le fait dont elle dépend.`,
  'step-already-settled': (d) => `Cette étape est déjà close (${status(d.status)}). ${KEPT} Pour la changer, rouvrez-la avec un motif.`,
  'step-not-settled': () => `Cette étape n'est pas close : il n'y a rien à rouvrir. ${KEPT}`,
  'stale': () => `Quelqu'un a changé cela pendant que vous l'aviez sous les yeux. ${KEPT} Lisez la nouvelle version, puis recommencez.`,
  't0-ahead': (d, z) => `Ce T0 est dans l'avenir : ${at(d.declared, z)} déclaré, ${at(d.ours, z)} à notre horloge. ${KEPT} Vérifiez l'heure de SYNERGI.`,
  't0-old': (d, z) => `Ce T0 a plus de 24 h : ${at(d.declared, z)} déclaré, ${at(d.ours, z)} à notre horloge. ${KEPT} Confirmez-le s'il est exact.`,
  'in-the-future': (d, z) => `Cette heure est dans l'avenir : ${at(d.declared, z)} déclaré, ${at(d.ours, z)} à notre horloge. ${KEPT} Corrigez-la.`,
  'clock-running': (d, z) => `Cette horloge court déjà, depuis ${at(d.t0, z)}. ${KEPT} Pour changer son T0, corrigez-le avec un motif.`,
  'clock-not-started': () => `Cette horloge n'a pas démarré : il n'y a rien à corriger. ${KEPT}`,
  'clock-not-yours': () => `Ce n'est pas à vous de démarrer cette horloge. ${KEPT} Prévenez la direction.`,
  'synergi-number-taken': (d) => `Le numéro SYNERGI ${String(d.number ?? '')} désigne déjà une autre activation. ${KEPT} Ouvrez celle-là, ou vérifiez le numéro.`,
  'different-t0': (d, z) => `Ce numéro SYNERGI est déjà enregistré avec un autre T0 (${at(d.t0, z)}). ${KEPT} Corrigez le T0 avec un motif s'il est faux.`,
  'has-synergi-number': (d) => `Cette activation porte déjà le numéro SYNERGI ${String(d.number ?? '')}. La déclaration attend toujours : répondez « autre événement ».`,
  'visa-needed': () => `Il y faut le préfet ou le directeur de cabinet. ${KEPT} S'il l'a dit de vive voix, enregistrez-le pour lui : il confirmera.`,
  'no-text-to-approve': () => `Il n'y a pas encore de texte à viser. ${KEPT} Faites-le rédiger d'abord.`,
  'function-held': (d) => `La fonction ${hands(d.function)} est déjà tenue. Demandez une passation, ou relevez la personne qui la tient.`,
  'function-free': (d) => `Personne ne tient la fonction ${hands(d.function)} : prenez-la directement.`,
  'not-the-holder': (d) => `Vous ne tenez pas la fonction ${hands(d.function)}. Rien n'a changé. La personne qui la tient peut la passer.`,
  'no-offer': (d) => `Aucune passation de la fonction ${hands(d.function)} ne vous attend. Elle a pu être retirée : voyez qui la tient.`,
  'not-oral': () => "Cette entrée n'attend pas de confirmation. Rien n'a changé.",
  'erased': () => 'Ce texte a été effacé : il ne peut plus être lu. Son entrée reste au journal.',
  'nothing-promised': () => "Cette entrée n'annonçait rien. Rien n'a changé.",
  'engine-only': () => "Ce geste appartient au moteur : personne ne peut le faire à sa place. Rien n'a changé.",
  'another-lane': (d) => 'speed' in d ? `Le temps réel n'a pas de vitesse : elle se règle dans un exercice. ${KEPT} Retirez-la, ou ouvrez un exercice.`
    : `Réel et exercice ne se mêlent pas. ${KEPT} Recommencez dans la bonne activation.`,
  'exercises-only': () => "Ceci est une démonstration : aucune activation réelle ne s'y ouvre. Rien n'a été enregistré. Choisissez un exercice, ou revenez à la console de votre préfecture.",
  'key-reused': () => `Cet envoi porte la clé d'un autre geste. ${KEPT} Rechargez la page, puis recommencez.`,
  'signed-out': () => `Vous n'êtes plus connecté. ${KEPT} Connectez-vous de nouveau, puis recommencez.`,
  'forged': () => `Cet envoi ne vient pas de cette console : il a été écarté. ${KEPT} Rechargez la page, puis recommencez.`,
  'wrong-credentials': () => "Identifiant ou mot de passe incorrect. Vérifiez les deux, majuscules comprises. Mot de passe perdu : demandez un lien à un administrateur.",
  'throttled': (d) => `Trop d'essais sans succès. Réessayez dans ${String(d.seconds ?? 30)} s : votre compte n'est pas bloqué.`,
  'weak-password': (d) => `Ce mot de passe ${WEAK[d.why as keyof typeof WEAK] ?? 'est trop faible'}. Le reste de votre saisie est gardé. Choisissez-en un autre, par exemple quatre mots sans lien entre eux.`,
  'login-taken': () => `Cet identifiant est déjà pris. ${KEPT} Choisissez-en un autre.`,
  'dead-link': () => "Ce lien ne sert plus : il a déjà servi, il a expiré ou un autre l'a remplacé. Demandez-en un nouveau.",
  'last-administrator': () => "C'est le dernier administrateur : sans lui, plus personne ne gérerait les comptes. Rien n'a changé. Nommez-en d'abord un autre.",
  'wrong-code': () => "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant, et vérifiez que l'heure du téléphone est juste.",
  'second-factor-kept': () => "Un second facteur protège déjà ce compte. Rien n'a changé. S'il est perdu, un administrateur peut le retirer.",
  'no-second-factor': () => "Aucun second facteur n'est prêt pour ce compte, ou sa préparation a expiré. Recommencez sa mise en place.",
  'unknown-token': () => "Ce jeton n'existe pas, ou il est déjà révoqué. Rien n'a changé.",
  'unknown-screen': () => "Cet écran n'existe pas, ou il est révoqué. Rien n'a changé. Ajoutez-en un autre.",
  'dead-screen-address': () => "Cette adresse d'écran ne sert plus : elle a déjà servi, une autre la remplace, ou l'écran est révoqué. Demandez une nouvelle adresse à un administrateur.",
  'unknown-webhook': () => "Cette intégration n'existe plus. Rien n'a changé. Rechargez la page.",
  'too-many-webhooks': (d) => `Il y a déjà ${String(d.most ?? 20)} intégrations, le plus qu'il peut y en avoir. ${KEPT} Retirez-en une qui ne sert plus.`,
  'address-refused': (d) => `${capital(failureWords(String(d.why ?? 'not-an-address')))}. ${KEPT} Corrigez l'adresse.`,
  'stale-person': () => `Cette fiche a changé entre-temps. ${KEPT} Relisez-la, puis recommencez.`,
  'commune-needed': () => `Un élu ou une mairie appartient à une commune. ${KEPT} Choisissez-la.`,
  'too-many-contacts': (d) => `Une fiche garde ${String(d.numbers ?? 3)} numéros et ${String(d.addresses ?? 3)} adresses au plus. ${KEPT} Retirez ceux qui ne servent plus.`,
  'ends-before-it-begins': () => `Le mandat finirait avant d'avoir commencé. ${KEPT} Corrigez l'une des deux dates.`,
  'mandate-not-ended': (d) => `Trop tôt : ${count(Number(d.count ?? 1), 'mandat dure encore, ou a fini', 'mandats durent encore, ou ont fini')} depuis trop peu de temps. Personne n'a été effacé. Relisez la liste, puis recommencez.`,
  'too-many-people': (d) => `On efface ${String(d.most ?? 500)} personnes au plus à la fois. Rien n'a changé. Recommencez en plusieurs fois.`,
  'number-refused': (d) => `Le numéro${d.typed === undefined ? '' : ` « ${String(d.typed)} »`} ${numberFaultWords[d.why as NumberFault] ?? 'ne peut pas être composé'}. ${KEPT} Corrigez-le, ou retirez-le.`,
  'empty-perimeter': () => `Un périmètre compte une commune au moins. ${KEPT} Choisissez-en une.`,
  'commune-in-circle-1': () => `Une commune du cercle 2 est déjà dans le cercle 1. ${KEPT} Retirez-la de l'un des deux.`,
  'unknown-perimeter': () => `Ce périmètre n'est plus gardé ici. ${KEPT} Rechargez la page.`,
  'perimeter-name-taken': (d) => `Un périmètre gardé porte déjà le nom « ${String(d.name ?? '')} ». ${KEPT} Choisissez-en un autre, ou ouvrez celui-là.`,
  'too-many-perimeters': (d) => `Il y a déjà ${String(d.most ?? 200)} périmètres gardés, le plus qu'il peut y en avoir. ${KEPT} Retirez-en un qui ne sert plus.`,
  'circle-frozen': () => "Le cercle 2 est déjà arrêté : il ne peut plus être refusé. Rien n'a changé.",
  'no-perimeter': (d) => `Le cercle ${String(d.circle ?? 1)} n'est pas arrêté : on ne sait pas encore qui joindre. ${KEPT} Arrêtez d'abord le périmètre.`,
  'campaign-running': () => `Une campagne appelle déjà ce cercle. ${KEPT} Arrêtez-la avant d'en lancer une autre, ou changez son texte.`,
  'campaign-stopped': () => `Cette campagne est arrêtée. ${KEPT} Lancez-en une autre : elle part de celle-ci.`,
  'nobody-to-reach': () => `Personne n'a de numéro ni d'adresse dans ce périmètre. ${KEPT} Complétez l'annuaire, ou appelez depuis la file.`,
  'no-telephony': () => `Aucun compte téléphonique n'est réglé sur ce serveur : rien ne peut être appelé d'ici. ${KEPT} Utilisez GALA, la liste papier ou la file d'appels.`,
  'nobody-there': () => `Une cellule opérationnelle compte une personne au moins. ${KEPT} Cochez qui est là.`,
  'unknown-campaign': () => `Cette campagne n'est pas dans cette activation. ${KEPT} Rechargez la page.`,
  'no-result': () => `Aucune ligne de ce fichier ne désigne quelqu'un du périmètre. ${KEPT} Vérifiez les colonnes choisies, ou le fichier.`,
  'call-claimed': (d, zone) => `Quelqu'un d'autre appelle cette commune, jusqu'à ${d.until === undefined ? '…' : clockTime(String(d.until), zone)} au plus. Rien n'a changé. Prenez l'appel suivant.`,
  'unknown-calendar': () => "Ce calendrier d'astreinte n'existe plus. Rien n'a changé. Rechargez la page.",
  'too-many-calendars': (d) => `Il y a déjà ${String(d.most ?? 40)} calendriers, le plus qu'il peut y en avoir. ${KEPT} Retirez-en un qui ne sert plus.`,
  'calendar-refused': (d) => `${capital(calendarFaultWords(String(d.why ?? 'not-a-calendar')))}. ${KEPT} ${calendarAdvice(String(d.why ?? ''))}`,
  'unknown-training': () => "Cette formation n'est plus enregistrée : elle a pu être retirée ou corrigée. Rien n'a changé. Rechargez la page.",
  'training-date': (d) => `${d.on === undefined ? 'Cette date' : `Le ${String(d.on).split('-').reverse().join('/')}`} ne convient pas : une formation s'enregistre une fois suivie. ${KEPT} Corrigez la date.`,
  'training-list-refused': (d) => `${capital(trainingListWords[String(d.why)] ?? trainingListWords['unreadable']!)}. ${KEPT}`,
  'certificate-refused': () => `Une attestation est un PDF ou une image JPEG. ${KEPT} Choisissez un autre fichier, ou enregistrez la formation sans lui.`,
  'qualification-needed': (d) => `La formation de cette personne ne couvre pas la fonction ${hands(d.function)} : ${lackList(d.lacks)}. ${KEPT} Choisissez une personne formée, ou dites pourquoi celle-ci la tient quand même.`,
  'file-refused': (d) => fileFaultSentence(String(d.why ?? ''), String(d.about ?? '')),
  'unknown-import': () => "Cet import n'existe plus. Rien n'a changé. Rechargez la page.",
  'not-rehearsed': () => "Cet import n'est pas prêt : sa répétition n'est pas finie, ou il a été abandonné. Rien n'a changé. Recommencez avec le fichier.",
  'not-applied': () => "Cet import n'est pas appliqué : il n'y a rien à défaire.",
  'stale-rehearsal': () => "L'annuaire a changé depuis cette répétition. Rien n'a été appliqué. Répétez l'import avec le même fichier : le rapport dira ce qui change maintenant.",
  'undo-too-late': () => "Un import se défait dans les 24 heures. Rien n'a changé. Corrigez les fiches, ou importez un fichier plus juste.",
  'rehearsal-running': () => "Une répétition est en cours. Votre fichier est gardé. Attendez qu'elle finisse, puis recommencez.",
  'token-expiry': () => `Un jeton expire dans l'année, et pas avant d'avoir servi. ${KEPT} Choisissez une autre date.`,
  'storage-failed': () => `L'enregistrement a échoué : rien n'est entré au journal. ${KEPT} Réessayez ; si cela dure, notez l'heure et prévenez l'exploitant.`,
};

export const refusalSentences = REFUSED;
export function refusalSentence(refusal: Refusal, zone = 'Europe/Paris'): string {
  return fr(REFUSED[refusal.refused](refusal.details ?? {}, zone));
}

/** How the log finds what entries only name. A text that has not been fetched, or was erased, is undefined. */
export interface Names {
  person: (account: string) => string;
  step: (id: string) => string;
  text?: (sealed: Sealed) => string | undefined;
  commune?: (code: string) => string;
  zone: string;
}

/** One line of the main courante: a short sentence, in French. */
export function describeEntry(entry: ActivationEntry | Withheld, names: Names): string {
  return fr('withheld' in entry ? 'Entrée réservée à la direction.' : sentence(entry, names));
}

function sentence(entry: ActivationEntry, names: Names): string {
  const time = (instant: string) => clockTime(instant, names.zone);
  const said = (text: Sealed | undefined) => (text && names.text?.(text)) ?? '';
  const because = (text: Sealed | undefined) => (said(text) ? ` : ${said(text)}` : '.');
  const step = (id: string) => `${id} « ${names.step(id)} »`;
  const proof = (one: Evidence) => ({ text: 'un texte', link: 'une adresse', file: 'un fichier' })[one.kind];
  switch (entry.type) {
    case 'activationOpened': return entry.payload.kind === 'cod' ? 'Activation ouverte : COD.' : 'Activation ouverte : événement important.';
    case 'planFrozen': return `Plan « ${entry.payload.plan.title} », version ${entry.payload.plan.version}, ${count(entry.payload.plan.rows.length, 'étape')}.`;
    case 'clockStarted': {
      const { clock, t0, spokenAt, aheadMs } = entry.payload;
      const spoken = spokenAt ? `, dit à ${time(spokenAt)}` : '';
      return `${clockNames[clock]} : ${time(t0)}${spoken}${aheadMs ? `, en avance de ${duration(aheadMs)} sur notre horloge` : ''}.`;
    }
    case 'clockCorrected': return `${clockNames[entry.payload.clock]} corrigé : ${time(entry.payload.t0)}. Motif${because(entry.payload.reason)}`;
    case 'synergiNumberRecorded': return `Numéro SYNERGI ${entry.payload.number}.`;
    case 'eventTypeSet': return `Type d'événement : ${entry.payload.eventType}.`;
    case 'factDeclared': return `${capital(factNames[entry.payload.fact])} : ${entry.payload.holds ? 'oui' : 'non'}.`;
    case 'titleSet': return `Titre${because(entry.payload.title)}`;
    case 'communesSet': {
      const { communes } = entry.payload;
      return communes.length <= 4 && names.commune ? `Communes : ${listed(communes.map(names.commune))}.` : `${capital(count(communes.length, 'commune'))}.`;
    }
    case 'deciderRecorded': return `Décideur : ${deciderNames[entry.payload.decider]}.`;
    case 'declarationReceived': return `Déclaration SYNERGI ${entry.payload.number} reçue, T0 ${time(entry.payload.t0)} : à rattacher ou non.`;
    case 'declarationAnswered': return ({ attached: 'Déclaration rattachée.', other: 'Déclaration : autre événement.', unanswered: 'Déclaration sans réponse : elle ouvre sa propre activation.' })[entry.payload.answer];
    case 'functionTaken': return `${names.person(entry.payload.holder)} prend la fonction ${functionNames[entry.payload.function]}.`;
    case 'qualificationOverridden': return `${names.person(entry.payload.holder)} reçoit la fonction ${functionNames[entry.payload.function]} sans y être formé(e) (${lackList(entry.payload.lacks)}). Motif${because(entry.payload.why)}`;
    case 'handoverOffered': return `${names.person(entry.payload.from)} passe la fonction ${functionNames[entry.payload.function]} à ${names.person(entry.payload.to)} : ${count(entry.payload.open.length, 'étape ouverte', 'étapes ouvertes')}.`;
    case 'handoverAccepted': return `${names.person(entry.payload.to)} accepte la fonction ${functionNames[entry.payload.function]}.`;
    case 'functionRelieved': return `${names.person(entry.payload.holder)} ne tient plus la fonction ${functionNames[entry.payload.function]}.`;
    case 'stepAssigned': return `${step(entry.payload.step)} confiée à ${names.person(entry.payload.to)}.`;
    case 'stepStarted': return `${step(entry.payload.step)} commencée.`;
    case 'stepTextWritten': return `${step(entry.payload.step)} : texte, version ${entry.payload.version}.`;
    case 'evidenceAdded': return `${step(entry.payload.step)} : preuve ajoutée, ${proof(entry.payload.evidence)}.`;
    case 'stepCompleted': {
      const { approves, evidence } = entry.payload;
      if (approves) return `${step(approves.step)} : version ${approves.version} visée${onBehalf(entry.for)}.`;
      return `${step(entry.payload.step)} faite${onBehalf(entry.for)}${evidence.length > 0 ? `, ${count(evidence.length, 'preuve')}` : ''}.`;
    }
    case 'stepNotApplicable': return `${step(entry.payload.step)} sans objet, ${categoryNames[entry.payload.category]}, autorisé par ${behalfNames[entry.payload.authorisedBy]}${because(entry.payload.reason)}`;
    case 'stepOutsideCause': return `${step(entry.payload.step)} : cause extérieure${because(entry.payload.reason)}`;
    case 'stepReopened': return `${step(entry.payload.step)} rouverte${because(entry.payload.reason)}`;
    case 'warningsRaised': return `Alerte : ${listed(entry.payload.items.map((item) => `${item.step}, ${warningNames[item.kind]}`))}.`;
    case 'callListPasted': return `${step(entry.payload.step)} : ${count(entry.payload.contacts.length, 'contact')} à appeler.`;
    case 'callRecorded': return `${step(entry.payload.step)} : appel de ${names.person(entry.payload.person)}, ${callOutcomes[entry.payload.outcome]}${entry.payload.note ? because(entry.payload.note) : '.'}`;
    case 'perimeterFrozen': {
      const { circle, communes } = entry.payload;
      return `Périmètre arrêté, cercle ${circle} : ${communes.length <= 4 && names.commune ? listed(communes.map(names.commune)) : count(communes.length, 'commune')}${onBehalf(entry.for)}.`;
    }
    case 'targetsFrozen': return `Cercle ${entry.payload.circle} : ${count(entry.payload.items.length, 'personne')} à joindre.`;
    case 'circleRefused': return `Cercle 2 refusé${onBehalf(entry.for)}. Motif${because(entry.payload.reason)}`;
    case 'outsideCampaignRecorded': {
      const { circle, tool, startedAt, endedAt } = entry.payload;
      return `Campagne du cercle ${circle} par ${said(tool) || 'un automate extérieur'}, lancée à ${time(startedAt)}${endedAt ? `, finie à ${time(endedAt)}` : ''}.`;
    }
    case 'outsideResultsImported': {
      const { results, unmatched } = entry.payload;
      const heard = results.filter(({ outcome }) => outcome === 'acknowledged').length;
      return `Résultats d'automate : ${count(results.length, 'appel')}, ${count(heard, 'acquittement')}${unmatched > 0 ? `, ${count(unmatched, 'ligne')} hors périmètre` : ''}.`;
    }
    case 'directCallClaimed': return `Appel de ${names.person(entry.payload.person)} pris.`;
    case 'directCallReleased': return `Appel de ${names.person(entry.payload.person)} rendu à la file.`;
    case 'directCallRecorded': {
      const { person, outcome, note, again, onPaper } = entry.payload;
      return `Appel direct de ${names.person(person)} : ${callOutcomes[outcome]}${again ? `, à rappeler à ${time(again)}` : ''}${onPaper ? ', noté sur papier' : ''}${note ? because(note) : '.'}`;
    }
    case 'campaignStarted': case 'campaignPeopleFrozen': case 'campaignTextChanged': case 'campaignPaused': case 'campaignResumed': case 'campaignStopped':
    case 'attemptsIntended': case 'attemptsMoved': case 'attemptsCancelled': case 'acknowledged': case 'personAsked': case 'replyReceived': case 'callInAnswered':
    case 'accountChanged': case 'operationalDeclared': return reachingSentence(entry, names.person, because);
    case 'oralConfirmed': return `Décision orale de l'entrée ${entry.payload.entry} confirmée.`;
    case 'noteLogged':
    case 'directionNoteLogged': {
      const { text, promisedFor, attachments } = entry.payload;
      const promised = promisedFor ? ` Annoncé pour ${time(promisedFor)}.` : '';
      return `${said(text) || 'Note.'}${promised}${attachments.length > 0 ? ` ${count(attachments.length, 'pièce jointe', 'pièces jointes')}.` : ''}`;
    }
    case 'promiseKept': return `Annonce de l'entrée ${entry.payload.entry} tenue.`;
    case 'textErased': return `Un texte a été effacé${because(entry.payload.reason)}`;
    case 'statementRequested': return `Constat automatique demandé pour ${time(entry.payload.dueAt)}.`;
    case 'statementWritten': return `Constat automatique écrit, jusqu'à l'entrée ${entry.payload.upTo}.`;
    case 'requestsSettled': return `${capital(count(entry.payload.items.length, 'demande'))} : ${listed([...new Set(entry.payload.items.map((item) => requestOutcomes[item.outcome]))])}.`;
    case 'outageNoted': return `Interruption du service de ${time(entry.payload.from)} à ${time(entry.payload.to)}.`;
    case 'clockStepped': return `L'horloge du serveur a sauté de ${duration(entry.payload.byMs)}${entry.payload.byMs < 0 ? ' en arrière' : ''}.`;
    case 'exerciseSegmentStarted': {
      const { exerciseAt, speed } = entry.payload.segment;
      return speed === 0 ? `Exercice en pause à ${clockTime(exerciseAt, names.zone)}.` : `Le temps de l'exercice court depuis ${clockTime(exerciseAt, names.zone)}, ${speedWords(speed)}.`;
    }
    case 'activationEnded': return `Fin de l'activation${onBehalf(entry.for)}.`;
    case 'activationSealed': return 'Activation scellée : le journal ne change plus.';
    case 'openedByMistake': return `Ouverte par erreur${because(entry.payload.reason)}`;
  }
}

function onBehalf(who: OnBehalf | undefined): string {
  return who ? `, pour ${who === 'prefet' || who === 'directeur' ? `le ${behalfNames[who]} (oral)` : behalfNames[who]}` : '';
}

import { EVENT_TYPES, type EventType } from '../domain/events.js';
import { frAll } from './french-typography.js';
import { reachingNames } from './reaching-words.js';

/** What a webhook may ask for: all that the cell sees of a real activation. */
export const TOLD_TYPES = (Object.keys(EVENT_TYPES) as EventType[]).filter((type) => EVENT_TYPES[type].audience.includes('cell') && type !== 'exerciseSegmentStarted');

/** What each type of entry says, in a few words. */
export const eventNames: Record<EventType, string> = frAll({
  activationOpened: 'activation ouverte',
  planFrozen: 'plan figé',
  clockStarted: 'horloge démarrée',
  clockCorrected: 'T0 corrigé',
  synergiNumberRecorded: 'numéro SYNERGI',
  eventTypeSet: "type d'événement",
  factDeclared: 'fait déclaré (attentat, alerte…)',
  titleSet: 'titre',
  communesSet: 'communes concernées',
  deciderRecorded: 'décideur',
  declarationReceived: 'déclaration SYNERGI reçue',
  declarationAnswered: 'déclaration SYNERGI répondue',
  functionTaken: 'fonction prise',
  handoverOffered: 'passation proposée',
  handoverAccepted: 'passation acceptée',
  qualificationOverridden: 'fonction tenue sans la formation',
  functionRelieved: 'fonction relevée',
  stepAssigned: 'étape confiée',
  stepStarted: 'étape commencée',
  stepTextWritten: 'texte écrit',
  evidenceAdded: 'preuve ajoutée',
  stepCompleted: 'étape faite, ou visa',
  stepNotApplicable: 'étape sans objet',
  stepOutsideCause: 'cause extérieure',
  stepReopened: 'étape rouverte',
  warningsRaised: "alerte d'échéance",
  callListPasted: "liste d'appel",
  callRecorded: 'appel',
  perimeterFrozen: 'périmètre arrêté',
  targetsFrozen: 'élus à joindre',
  circleRefused: 'cercle 2 refusé',
  outsideCampaignRecorded: "campagne d'un automate extérieur",
  outsideResultsImported: "résultats d'un automate extérieur",
  directCallClaimed: 'appel direct pris',
  directCallReleased: 'appel direct rendu',
  directCallRecorded: 'appel direct',
  ...reachingNames,
  oralConfirmed: 'décision orale confirmée',
  noteLogged: 'main courante',
  directionNoteLogged: 'entrée réservée à la direction',
  promiseKept: 'annonce tenue',
  textErased: 'texte effacé',
  statementRequested: 'constat demandé',
  statementWritten: 'constat écrit',
  requestsSettled: 'demandes montrées',
  outageNoted: 'interruption du service',
  clockStepped: "saut d'horloge",
  exerciseSegmentStarted: "horloge d'exercice",
  activationEnded: 'fin',
  activationSealed: 'scellement',
  openedByMistake: 'ouverte par erreur',
});

/** In the order of an hour; each type that can be told stands in one group. */
export const EVENT_GROUPS: readonly { title: string; types: readonly EventType[] }[] = [
  { title: 'Ouverture et horloges', types: ['activationOpened', 'planFrozen', 'clockStarted', 'clockCorrected', 'synergiNumberRecorded', 'declarationReceived', 'declarationAnswered'] },
  { title: 'Événement', types: ['titleSet', 'eventTypeSet', 'communesSet', 'factDeclared', 'deciderRecorded'] },
  { title: 'Fonctions', types: ['functionTaken', 'handoverOffered', 'handoverAccepted', 'qualificationOverridden', 'functionRelieved'] },
  {
    title: 'Étapes',
    types: ['stepAssigned', 'stepStarted', 'stepTextWritten', 'evidenceAdded', 'stepCompleted', 'stepNotApplicable', 'stepOutsideCause', 'stepReopened', 'warningsRaised', 'oralConfirmed'],
  },
  { title: 'Élus', types: ['perimeterFrozen', 'targetsFrozen', 'circleRefused', 'outsideCampaignRecorded', 'outsideResultsImported', 'directCallClaimed', 'directCallReleased', 'directCallRecorded'] },
  { title: 'Campagnes et rappel de la cellule', types: Object.keys(reachingNames) as (keyof typeof reachingNames)[] },
  { title: 'Main courante et appels', types: ['noteLogged', 'promiseKept', 'textErased', 'callListPasted', 'callRecorded'] },
  { title: 'Fin et constat', types: ['statementRequested', 'statementWritten', 'activationEnded', 'activationSealed', 'openedByMistake'] },
  { title: 'Service', types: ['requestsSettled', 'outageNoted', 'clockStepped'] },
];

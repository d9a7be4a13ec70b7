import { selfTestWords } from '../../../contract/telephony.js';
import { functionNames, laneNames, lifeWords, personKindNames, rightNames, trainingNames } from '../../../contract/french.js';
import { count, fr, listed } from '../../../contract/french-typography.js';
import type { AdministrationEntry, ScreenRefusal } from '../../../domain/administration.js';
import { UNKNOWN } from '../../people.js';
import { operationWords } from '../accounts/operation-words.js';

/** One line of the administration's journal, in French. */
export function administrationWords(entry: AdministrationEntry, person: (id: string) => string): string {
  return fr(sentence(entry, person, (id) => (person(id) === UNKNOWN ? 'personne effacée' : person(id))));
}

/** Why the address of a screen did not serve. */
export const screenRefusalWords: Record<ScreenRefusal, string> = {
  twice: "l'écran lui-même l'a ouverte de nouveau", elsewhere: "ouverte ailleurs après avoir servi", replaced: "une plus récente la remplace", revoked: "l'écran est révoqué",
};

const PURPOSES = { 'first-admin': 'du premier administrateur', 'invitation': "d'invitation", 'recovery': 'de nouveau mot de passe' } as const;

const STOPS = { 'by-hand': 'suspendue', 'gone': "arrêtée : son destinataire dit qu'il n'existe plus", 'failing': 'arrêtée : trois jours sans une réussite' } as const;
const ref = (id: string) => id.slice(0, 8);
const asked = (events: readonly string[] | null) => (events ? count(events.length, "type d'événement", "types d'événement") : 'tous les événements');

/** `known`: somebody of the directory, who may have been erased from it since. */
function sentence(entry: AdministrationEntry, person: (id: string) => string, known: (id: string) => string): string {
  switch (entry.type) {
    case 'administrationOpened': return "Ouverture du journal d'administration.";
    case 'accountCreated': return `Compte créé : ${person(entry.payload.account)}, ${rightsWords(entry.payload.rights)}.`;
    case 'accountDescribed': return `Nom, fonction ou identifiant corrigé : ${person(entry.payload.account)}.`;
    case 'rightsChanged': return `Droits de ${person(entry.payload.account)} : ${rightsWords(entry.payload.rights)}.`;
    case 'accountDisabled': return `Compte désactivé : ${person(entry.payload.account)}.`;
    case 'accountEnabled': return `Compte réactivé : ${person(entry.payload.account)}.`;
    case 'accountErased': return `Personne effacée : ${person(entry.payload.account)}.`;
    case 'passwordSet': return `Mot de passe choisi : ${person(entry.payload.account)}.`;
    case 'secondFactorSet': return `Second facteur mis en place : ${person(entry.payload.account)}.`;
    case 'secondFactorReset': return `Second facteur retiré : ${person(entry.payload.account)}.`;
    case 'recoveryCodeUsed': return `Code de secours utilisé : ${person(entry.payload.account)}, ${count(entry.payload.left, 'code')} de reste.`;
    case 'sessionsRevoked': return `Sessions terminées : ${person(entry.payload.account)}.`;
    case 'linkIssued': return `Lien ${PURPOSES[entry.payload.purpose]} émis${entry.payload.account ? ` pour ${person(entry.payload.account)}` : ''}.`;
    case 'tokenIssued': return `Jeton émis : ${person(entry.payload.token)}, ${listed(entry.payload.operations.map(operationWords))}.`;
    case 'tokenRevoked': return `Jeton révoqué : ${person(entry.payload.token)}.`;
    case 'screenAdded': return `Écran de mur ajouté : ${person(entry.payload.screen)}.`;
    case 'screenRenewed': return `Nouvelle adresse pour l'écran ${person(entry.payload.screen)}.`;
    case 'screenAdmitted': return `Premier chargement de l'écran ${person(entry.payload.screen)}.`;
    case 'screenRefused': return `Adresse de l'écran ${person(entry.payload.screen)} refusée, ${count(entry.payload.refusals, 'fois', 'fois')} : ${screenRefusalWords[entry.payload.why]}.`;
    case 'screenRevoked': return `Écran révoqué : ${person(entry.payload.screen)}.`;
    case 'webhookAdded': return `Intégration ${ref(entry.payload.webhook)} ajoutée : ${asked(entry.payload.events)}.`;
    case 'webhookChanged': return `Intégration ${ref(entry.payload.webhook)} changée : ${asked(entry.payload.events)}.`;
    case 'webhookSecretRenewed': return `Secret de l'intégration ${ref(entry.payload.webhook)} renouvelé.`;
    case 'webhookStopped': return `Intégration ${ref(entry.payload.webhook)} ${STOPS[entry.payload.why]}.`;
    case 'webhookResumed': return `Intégration ${ref(entry.payload.webhook)} reprise.`;
    case 'webhookRemoved': return `Intégration ${ref(entry.payload.webhook)} retirée.`;
    case 'personAdded': return `Annuaire : ${known(entry.payload.person)} (${personKindNames[entry.payload.kind]}) : fiche ajoutée.`;
    case 'personChanged': return `Annuaire : fiche de ${known(entry.payload.person)} changée.`;
    case 'peopleErased': return `Annuaire : ${count(entry.payload.people.length, 'personne effacée', 'personnes effacées')}, ${entry.payload.why === 'asked' ? 'à leur demande' : 'mandat fini'}.`;
    case 'contactRevealed': return `Annuaire : numéro ou adresse de ${known(entry.payload.person)} montré en entier.`;
    case 'importApplied': {
      const { added, changed, ended, rejected } = entry.payload;
      return `Annuaire : import appliqué, ${count(added, 'ajout')}, ${count(changed, 'changement')}, ${count(ended, 'fin')}, ${count(rejected, 'rejet')}.`;
    }
    case 'importUndone': return `Annuaire : import ${ref(entry.payload.import)} annulé.`;
    case 'perimeterSaved': return `Périmètre ${ref(entry.payload.perimeter)} gardé : ${count(entry.payload.communes, 'commune')}.`;
    case 'perimeterRemoved': return `Périmètre ${ref(entry.payload.perimeter)} retiré.`;
    case 'callListPrinted': {
      const { perimeter, activation, people } = entry.payload;
      return `Liste d'appel tirée, numéros en entier : ${count(people, 'personne')}, ${activation === undefined ? `périmètre ${ref(perimeter ?? '')}` : `activation ${ref(activation)}`}.`;
    }
    case 'telephonyTested': return `Essai de la téléphonie, compte ${entry.payload.account} : ${selfTestWords[entry.payload.outcome]}${entry.payload.code ? ` (code ${entry.payload.code})` : ''}.`;
    case 'calendarAdded': return `Calendrier d'astreinte ${ref(entry.payload.calendar)} ajouté : ${functionNames[entry.payload.function]}.`;
    case 'calendarChanged': return `Calendrier d'astreinte ${ref(entry.payload.calendar)} changé : ${functionNames[entry.payload.function]}.`;
    case 'calendarRemoved': return `Calendrier d'astreinte ${ref(entry.payload.calendar)} retiré.`;
    case 'trainingRecorded': return `Formation de ${known(entry.payload.person)} : ${trainingNames[entry.payload.kind]}, le ${frenchDay(entry.payload.on)}${entry.payload.certificate ? ', avec son attestation' : ''}.`;
    case 'trainingRemoved': return `Formation de ${known(entry.payload.person)} retirée (${TRAINING_REMOVED[entry.payload.why]}) : ${trainingNames[entry.payload.kind]}, le ${frenchDay(entry.payload.on)}.`;
    case 'signedIn': return `Entrée de ${person(entry.payload.account)}.`;
    case 'signInThrottled': return `Entrées ralenties : ${count(entry.payload.refusals, 'essai')}${entry.payload.account ? ` sur le compte de ${person(entry.payload.account)}` : ''}.`;
    case 'adminRecovered': return `Administrateur rétabli depuis la machine : ${person(entry.payload.account)}.`;
    case 'activationNoted': return `Activation ${entry.payload.noted.slice(0, 8)} (${laneNames[entry.payload.lane]}) : première entrée, empreinte ${entry.payload.firstHash.slice(0, 12)}…`;
    case 'headNoted': return `Activation ${entry.payload.noted.slice(0, 8)}, ${lifeWords[entry.payload.life]} : entrée ${entry.payload.seq}, empreinte ${entry.payload.head.slice(0, 12)}…`;
  }
}

const frenchDay = (on: string) => on.split('-').reverse().join('/');
const TRAINING_REMOVED = { mistake: 'enregistrée par erreur', corrected: 'corrigée', erased: 'personne effacée' };
const rightsWords = (rights: readonly (keyof typeof rightNames)[]) => (rights.length === 0 ? 'aucun droit' : listed(rights.map((right) => rightNames[right])));

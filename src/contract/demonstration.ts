import { z } from 'zod';

/** `GET /api/demonstration`, before anybody is signed in: whether this server plays one. */
export interface DemonstrationHere {
  here: boolean;
}

/** `POST /api/demonstration`: where the one that runs beside this server listens, on the machine of the server alone. */
export interface DemonstrationLaunched {
  address: string;
}

const nothing = z.strictObject({}).optional();

/** What can be asked of a demonstration, as the generated document shows it: from within one, or of a real server beside it. */
export const DEMONSTRATION_OPERATIONS = {
  'launch-demonstration': { path: '/api/demonstration', says: 'Lancer la démonstration, à côté, sur la machine du serveur ; rend l’adresse de celle qui court', body: nothing, within: false },
  'stop-demonstration': { path: '/api/demonstration/stop', says: 'Arrêter la démonstration lancée d’ici', body: nothing, within: false },
  'enter-demonstration': { path: '/api/demonstration/enter', says: 'Entrer en visiteur, dans une démonstration et nulle part ailleurs ; rend Me et pose le cookie de session', body: nothing, within: true },
} as const;

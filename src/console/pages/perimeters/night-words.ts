import { count, fr } from '../../../contract/french-typography.js';
import type { Advice, CallHypotheses } from '../../../domain/outreach/estimate.js';
import { HOUR, MINUTE, type Ms } from '../../../domain/time.js';

/** "50 min", "8 h 55": rounded up, nobody is helped by half a minute. */
export function lasting(ms: Ms): string {
  const minutes = Math.ceil(ms / MINUTE);
  if (ms < HOUR) return fr(`${minutes} min`);
  return fr(`${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`);
}

const pace = (calls: number) => `${calls.toLocaleString('fr-FR')} ${calls < 2 ? 'appel' : 'appels'} par seconde`;

const soon = ({ enoughAfter, endsAfter }: { enoughAfter: Ms | null; endsAfter: Ms }) => (enoughAfter === null ? `Fin des appels en ${lasting(endsAfter)}.` : `95 % en ${lasting(enoughAfter)}.`);

/** What one could do, as an instruction, and what it would give. */
export function adviceWords(advice: Advice): { what: string; gives: string } {
  switch (advice.kind) {
    case 'concurrent':
      return { what: fr("Faire lever la limite d'appels simultanés du compte"), gives: fr(`${soon(advice)} Un compte récent n'en tient que deux ou trois : la demande prend des jours, elle se fait avant la nuit.`) };
    case 'lines': return { what: fr(`Passer à ${count(advice.means.lines, 'ligne')}`), gives: fr(soon(advice)) };
    case 'pace': return { what: fr(`Obtenir ${pace(advice.means.callsPerSecond)}`), gives: fr(soon(advice)) };
    case 'lines-and-pace':
      return { what: fr(`Passer à ${count(advice.means.lines, 'ligne')} et à ${pace(advice.means.callsPerSecond)}`), gives: fr(soon(advice)) };
    case 'mobiles':
      return { what: fr(`Trouver un mobile dans ${count(advice.communes, 'commune')}`), gives: fr("Aucun numéro n'y répond la nuit : ni lignes ni débit n'y changent rien.") };
    case 'second-numbers':
      return { what: fr(`Ajouter un second numéro dans ${count(advice.communes, 'commune')}`), gives: fr("Un seul numéro y répond la nuit : qu'il soit éteint, et la commune n'est pas jointe.") };
    case 'by-hand':
      return { what: fr(`Prévoir quelqu'un pour appeler ${count(advice.communes, 'commune')}`), gives: fr("C'est ce que l'automate laissera à la file des appels directs.") };
  }
}

export function hypothesesWords({ answered, townHallAnswered, ringSeconds, talkSeconds, rounds, pauseSeconds }: CallHypotheses): string[] {
  const share = (of: number) => `${(of * 100).toLocaleString('fr-FR')} %`;
  return [
    `${share(answered.night)} des appels trouvent quelqu'un la nuit, ${share(answered.day)} le jour.`,
    `Une ligne fixe de mairie : ${share(townHallAnswered.night)} la nuit, ${share(townHallAnswered.day)} le jour.`,
    `Un appel sans réponse occupe la ligne ${ringSeconds} s, un appel répondu ${talkSeconds} s.`,
    `Chaque numéro est essayé ${count(rounds, 'fois', 'fois')}, ${(pauseSeconds / 60).toLocaleString('fr-FR')} min entre deux tours d'une commune.`,
  ].map(fr);
}

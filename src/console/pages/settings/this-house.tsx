import type { ReactNode } from 'react';
import { fr } from '../../../contract/french-typography.js';
import { useHouse } from '../../house.js';
import { LinkButton } from '../../ui/button.js';

interface Line {
  what: string;
  value: ReactNode;
  where: string;
}

/** The préfecture's settings as the server read them at its start, and where each is set. */
export function ThisHouse() {
  const shown = useHouse();
  if (!shown) return <p className="dim" aria-busy="true">Chargement…</p>;
  const { house, neighbours, facts, publicUrl, uploadBytes, importBytes, files } = shown;
  const file = (field: string, variable?: string) => `${files.settings}, « ${field} »${variable ? `, ou la variable ${variable}` : ''}`;
  const lines: Line[] = [
    { what: 'Préfecture', value: house.prefecture, where: file('prefecture', 'PREFECTURE') },
    { what: 'Département', value: house.departement, where: file('departement', 'DEPARTEMENT') },
    { what: 'Départements voisins', value: neighbours === 'all' ? 'tous' : neighbours.join(', ') || 'aucun', where: file('neighbours', 'NEIGHBOURS') },
    { what: 'Fuseau horaire', value: house.timeZone, where: file('timeZone', 'TIME_ZONE') },
    { what: 'Comptes X ou Facebook', value: facts.accounts ? 'oui' : 'non', where: file('facts.accounts') },
    { what: 'Application mobile', value: facts.app ? 'oui' : 'non', where: file('facts.app') },
    { what: 'Taille des fichiers joints', value: `${Math.round(uploadBytes / 1_048_576)} Mo au plus`, where: file('uploadMegabytes') },
    { what: 'Taille des listes importées', value: `${Math.round(importBytes / 1_048_576)} Mo au plus`, where: file('importMegabytes') },
    { what: 'Adresse de la console', value: publicUrl, where: 'variable PUBLIC_URL' },
  ];
  return (
    <div className="stack">
      <p>{fr("Ces réglages se changent sur le serveur, puis valent au démarrage suivant. Une activation garde ceux avec lesquels elle s'est ouverte.")}</p>
      <h2 className="hidden">{fr('Réglages de la préfecture')}</h2>
      <dl className="set-list">
        {lines.map((line) => <div key={line.what}><dt>{line.what}</dt><dd>{line.value}</dd><dd className="dim">{fr(line.where)}</dd></div>)}
      </dl>
      <section className="panel stack" aria-labelledby="reflex-title">
        <h2 id="reflex-title">{fr(shown.reflex.title)}</h2>
        <blockquote className="copy-text">{shown.reflex.text}</blockquote>
        <p className="help">{fr(`Texte préapprouvé, à changer dans ${files.reflex}. Les blancs {lieu}, {heure}, {prochain} et {préfecture} sont remplis sur la page des gestes.`)}</p>
      </section>
      <section className="panel stack" aria-labelledby="paper-title">
        <h2 id="paper-title">{fr('Le jour où la machine est en panne')}</h2>
        <p>{fr("Le plan papier vierge se tient prêt : imprimez-le à l'avance et rangez-le au COD. Les heures s'y écrivent à la main depuis T0.")}</p>
        <div><LinkButton href="/api/paper-plan.html" target="_blank">Ouvrir le plan papier</LinkButton></div>
      </section>
    </div>
  );
}

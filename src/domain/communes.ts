/** One commune of the official list. */
export interface Commune {
  code: string;
  name: string;
  departement: string;
  population: number;
  /** Null overseas, and where there is none. */
  arrondissement: { code: string; name: string } | null;
  epci: { code: string; name: string } | null;
}

/** Communes that are chosen together; of an EPCI those that lie in the départements asked for. */
export interface CommuneGroup {
  kind: 'epci' | 'arrondissement' | 'departement';
  code: string;
  name: string;
  /** Official codes. */
  communes: string[];
}

/** "Saint-Étienne-du-Rouvray" is found by "st etienne" too. */
export function plainName(text: string): string {
  return text
    .normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/œ/g, 'oe').replace(/[^a-z0-9]+/g, ' ').trim()
    .replace(/\bst\b/g, 'saint').replace(/\bste\b/g, 'sainte');
}

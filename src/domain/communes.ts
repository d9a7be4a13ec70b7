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

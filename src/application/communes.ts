import type { Commune, CommuneGroup } from '../domain/communes.js';

/** A port beside those of ports.ts: the official communes of one's own département and of its neighbours. */
export abstract class Communes {
  /** Whether this official code is one of them. */
  abstract knows(code: string): boolean;
  /** Those of these codes that are known, in that order. */
  abstract named(codes: readonly string[]): Commune[];
  /** By the beginning of any word of the name, or of the code: the closest first, then one's own, then the largest. */
  abstract search(query: string, departement: string | undefined, limit: number): Commune[];
  /** One's own département's and its neighbours'; one's own alone where the whole country is listed. */
  abstract all(): Commune[];
  /** Those of exactly that name; where one's own département has some, these alone. */
  abstract called(name: string): Commune[];
  /** The commune into which one of that former code was merged. */
  abstract successor(code: string): string | undefined;
  /** Whether this département is one's own, or a neighbour of the settings. */
  abstract covers(departement: string): boolean;
  abstract groups(departement: string | undefined): CommuneGroup[];
}

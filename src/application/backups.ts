import type { Instant } from '../domain/time.js';

export interface BackedUpFile {
  /** From the backup's own folder. */
  name: string;
  bytes: number;
  sha256: string;
}

/** What a backup says of itself: with it a truncation, a rotten bit or a cut tail shows, though a chain alone shows none. */
export interface BackupManifest {
  format: 1;
  product: 'temps-zero';
  /** Of the product that made it. */
  version: string;
  takenAt: Instant;
  /** The migrations that the database had been through. */
  schema: string[];
  /** The database first, then each file of the vault. */
  files: BackedUpFile[];
  /** Of each chain, the administration's among them: how long it is, and its head. */
  journals: { id: string; entries: number; head: string }[];
  /** What was found and verified. */
  counts: { activations: number; entries: number; texts: number; files: number; accounts: number };
}

export interface Backup {
  /** Its folder. */
  path: string;
  bytes: number;
  manifest: BackupManifest;
}

/** It could not be made, verified or restored. The message is for the operator: what was kept, and what to try. */
export class BackupRefused extends Error {}

/** Backups in folders, and how a data folder is made of one again. */
export abstract class Backups {
  /** Copies the data into a new folder under `into`, verified from the disk before it bears a backup's name. Throws BackupRefused. */
  abstract take(into: string): Promise<Backup>;
  /** Reads a backup to its last byte, chain by chain. Throws BackupRefused. */
  abstract verify(path: string): Promise<Backup>;
  /** Makes a data folder that is not there yet, or is empty, of a backup. Throws BackupRefused. */
  abstract restore(path: string, dataDir: string): Promise<Backup>;
  /** Keeps so many of the latest, and this one whatever the clock said. The paths of those that went. */
  abstract rotate(just: Backup, keep: number): Promise<string[]>;
}

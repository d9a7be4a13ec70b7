import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterwards, scratchFolder } from './scratch.js';

/** A file system of a few megabytes, which a test fills to the last byte. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  /** Why this machine mounts none; undefined where it does. */
  static refusal(): string | undefined {
    const why = spawnSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d"; s=$?; rmdir "$d"; exit $s'], { encoding: 'utf8' });
    return why.status === 0 ? undefined : `a file system of some megabytes cannot be mounted here (root only): ${(why.stderr ?? why.error?.message ?? '').trim()}`;
  }

  static mount(megabytes = 8): SmallDisk {
    const folder = scratchFolder();
    mkdirSync(folder, { recursive: true });
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    afterwards(() => spawnSync('umount', ['-l', folder]));
    return new SmallDisk(folder);
  }

  /** Not a byte is left. */
  fill(): void {
    const file = openSync(join(this.folder, 'ballast'), 'a');
    try {
      for (const block = Buffer.alloc(4_096, 'x'); ; ) writeSync(file, block);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    } finally {
      closeSync(file);
    }
  }

  makeRoom(): void {
    rmSync(join(this.folder, 'ballast'));
  }
}

import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

// The server and what it is made of, in a few files in place of 1,500: a start reads and links them in two thirds of the
// time. Runs after tsc has found no fault. dist/ stays flat: settings.ts finds the root of the product from where it lies.
const PROGRAMS = ['main', 'operator', 'demo'];
/** What a program of the tests puts together otherwise (test/faults/main-that-dies.mjs): the built product, with its ports wrapped. */
const PARTS = ['start', 'settings', 'house-files', 'adapters/persistence/store', 'adapters/secrets/argon2-passwords', 'adapters/system-clock'];

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  // Those that bring a binary of their own, fonts or data to be read beside them.
  ssr: { noExternal: true, external: ['better-sqlite3', '@node-rs/argon2', '@etalab/decoupage-administratif', 'pdfkit'] },
  build: {
    ssr: true,
    target: 'node20.19',
    outDir: 'dist',
    emptyOutDir: false,
    sourcemap: true,
    minify: false,
    rolldownOptions: {
      input: Object.fromEntries([...PROGRAMS, ...PARTS].map((name) => [name, `src/${name}.ts`])),
      // Nest and TypeORM go by the names of classes.
      output: { keepNames: true, chunkFileNames: '[name]-[hash].js' },
    },
  },
});

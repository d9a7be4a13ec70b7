import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// Runs after tsc, into the same dist. Nothing inline and no data: address, so that the pages
// live under a Content-Security-Policy of 'self' alone.
export default defineConfig({
  root: fileURLToPath(new URL('../src/console', import.meta.url)),
  base: '/',
  plugins: [react()],
  build: {
    outDir: fileURLToPath(new URL('../dist/console', import.meta.url)),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { constants } from 'node:zlib';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';
import { defineConfig } from 'vitest/config';

// The best quality takes ten times as long for a tenth less.
const BROTLI_QUALITY = 9;

export default defineConfig({
  plugins: [
    svelte(),
    // Beside each file, where whitenoise looks for them; fonts and pictures are compressed by their nature.
    compression({
      include: /\.(?:js|css|svg|md)$/,
      algorithms: [
        defineAlgorithm('gzip', { level: 9 }),
        defineAlgorithm('brotliCompress', { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
      ],
    }),
  ],
  base: '/static/',
  build: {
    outDir: 'dist',
    // Django reads it beside the assets, so it must not hide in .vite/.
    manifest: 'manifest.json',
    // The licences of what the page is made of travel with it, at /static/licenses.md.
    license: { fileName: 'licenses.md' },
    modulePreload: { polyfill: false },
    // A data: URL would need its own exception in the content security policy.
    assetsInlineLimit: 0,
    target: 'es2022',
    rolldownOptions: {
      input: [
        'src/main.ts',
        'src/embed/main.ts',
        'src/wall/main.ts',
        'src/plan/main.ts',
        'src/pages/pages.css',
      ],
    },
  },
  // The language service takes a second on a machine at rest, and many of them on one that is not.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 },
});

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  plugins: [svelte()],
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
    rolldownOptions: { input: ['src/main.ts', 'src/pages/pages.ts'] },
  },
  // The language service takes a second on a machine at rest, and many of them on one that is not.
  test: { include: ['src/**/*.test.ts'], environment: 'node', testTimeout: 60_000, hookTimeout: 60_000 },
});

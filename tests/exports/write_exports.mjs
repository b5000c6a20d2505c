// Writes every export of the works that come by standard input, as the page makes them: FOLDER/WORK/FORMAT/…
// Run in frontend/: node write_exports.mjs FOLDER
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2];
const vite = createRequire(join(process.cwd(), 'package.json')).resolve('vite');
const { createServer } = await import(pathToFileURL(vite));
const server = await createServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  server: { middlewareMode: true, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
});
try {
  const { FORMATS } = await server.ssrLoadModule('/src/exports/formats.ts');
  const { exportedFunction, openVariables } = await server.ssrLoadModule('/src/exports/exported_function.ts');
  for (const { name, title, draft } of JSON.parse(await readFile('/dev/stdin', 'utf8'))) {
    const exported = exportedFunction(draft, title, openVariables(draft));
    for (const format of FORMATS) {
      for (const { path, text } of format.files(exported)) {
        const file = join(folder, name, format.id, path);
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, text);
      }
    }
  }
} finally {
  await server.close();
}

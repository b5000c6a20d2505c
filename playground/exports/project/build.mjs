// Compiles every TypeScript file of src/ on its own into dist/, and copies whatever else is there.
// x.ts becomes x.js: an ES module where the nearest package.json says so, else CommonJS; x.mts becomes x.mjs.
import { transform } from 'esbuild';
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SOURCE = 'src';
const TARGET = 'dist';
const ENDINGS = { ts: 'js', tsx: 'js', mts: 'mjs', cts: 'cjs' };

async function isModule(output) {
  if (!output.endsWith('.js')) return output.endsWith('.mjs');
  for (let folder = dirname(output); ; folder = dirname(folder)) {
    try {
      return JSON.parse(await readFile(join(SOURCE, folder, 'package.json'), 'utf8')).type === 'module';
    } catch (error) {
      if (error.code !== 'ENOENT') return false;
    }
    if (folder === '.') return false;
  }
}

async function compile(path, output, loader) {
  const { code } = await transform(await readFile(join(SOURCE, path), 'utf8'), {
    loader,
    format: (await isModule(output)) ? 'esm' : 'cjs',
    sourcefile: basename(path),
    sourcemap: 'inline',
    sourcesContent: false,
    target: 'node22',
    platform: 'node',
    charset: 'utf8',
    tsconfigRaw: '{}',
  });
  await writeFile(join(TARGET, output), code);
}

await rm(TARGET, { recursive: true, force: true });
for (const entry of await readdir(SOURCE, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile()) continue;
  const path = join(entry.parentPath, entry.name).slice(SOURCE.length + 1);
  await mkdir(join(TARGET, dirname(path)), { recursive: true });
  const [, stem, ending] = /^(?!.*(?:\.d\.[cm]?ts$|node_modules))(.+)\.(tsx|[cm]?ts)$/s.exec(path) ?? [];
  if (ending) await compile(path, `${stem}.${ENDINGS[ending]}`, ending === 'tsx' ? 'tsx' : 'ts');
  // The source lies beside its JavaScript, as in the playground.
  await copyFile(join(SOURCE, path), join(TARGET, path));
}

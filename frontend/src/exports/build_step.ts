/** How a project compiles TypeScript: each file alone, as the playground does, so that nothing else changes. */

import type { ExportedFunction, TextFile } from './exported_function';
import script from './project/build.mjs?raw';
import { devDependencies as VERSIONS } from './tools/package.json';

const SOURCE = /^(?!.*\.d\.[cm]?ts$)(?!(?:.*\/)?node_modules\/).+\.(?:tsx|[cm]?ts)$/s;
export const SOURCE_MAPS = { key: 'NODE_OPTIONS', value: '--enable-source-maps' };

export const hasTypeScript = ({ files }: Pick<ExportedFunction, 'files'>): boolean =>
  files.some(({ path }) => SOURCE.test(path));

/** The folder, seen from the top of a project, whose content Lambda gets. */
export const codeFolder = (exported: ExportedFunction): string => (hasTypeScript(exported) ? 'dist' : 'src');

/** The function as its own files in src/. */
export const sourceFiles = ({ files }: ExportedFunction): TextFile[] =>
  files.map(({ path, text }) => ({ path: `src/${path}`, text }));

/** What compiles a project's TypeScript; nothing where there is none. */
export function buildFiles(exported: ExportedFunction): TextFile[] {
  if (!hasTypeScript(exported)) return [];
  const made = {
    name: exported.name.toLowerCase(),
    private: true,
    scripts: { build: 'node build.mjs' },
    devDependencies: { esbuild: VERSIONS.esbuild },
  };
  return [
    { path: 'package.json', text: `${JSON.stringify(made, null, 2)}\n` },
    { path: 'build.mjs', text: script },
  ];
}

/** The variables of a project: those of the function, and what lets a stack trace name the line of a .ts file. */
export function projectVariables(exported: ExportedFunction): ExportedFunction['variables'] {
  const { variables, withheld } = exported;
  const known = [...variables.map(({ key }) => key), ...withheld];
  return hasTypeScript(exported) && !known.includes(SOURCE_MAPS.key)
    ? [...variables, SOURCE_MAPS]
    : variables;
}

/** Commands before any other, where there are some. */
export const buildCommands = (exported: ExportedFunction): string[] =>
  hasTypeScript(exported) ? ['npm install', 'npm run build'] : [];

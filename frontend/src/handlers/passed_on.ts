/** Names that a module exports because it passes on those of another file. */

import type { Exports } from './exported_functions';

/** Endings that an import may leave out, and what TypeScript is called after it was compiled. */
const ENDINGS = ['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'];

/** The file that an import within a module means, if it is one of these; packages are none. */
export function imported(from: string, specifier: string, paths: ReadonlySet<string>): string | null {
  if (!/^\.{1,2}(?:\/|$)/.test(specifier)) return null;
  const parts = from.split('/').slice(0, -1);
  for (const part of specifier.split('/')) {
    if (part === '..') {
      if (parts.pop() === undefined) return null;
    } else if (part !== '.' && part !== '') parts.push(part);
  }
  const path = parts.join('/');
  const candidates = [
    path,
    path.replace(/\.([cm]?)js$/, '.$1ts'),
    ...ENDINGS.map((ending) => path + ending),
    ...ENDINGS.map((ending) => `${path ? `${path}/` : ''}index${ending}`),
  ];
  return candidates.find((candidate) => paths.has(candidate)) ?? null;
}

/**
 * All names of a module: its own, and those that it passes on, `default` never among them. Where two files would
 * give it the same name, it has neither, as in JavaScript.
 */
export function allNames(path: string, modules: ReadonlyMap<string, Exports>): string[] {
  return [...origins(path, modules, new Set()).keys()];
}

/** By name, the file that it comes from. */
function origins(
  path: string,
  modules: ReadonlyMap<string, Exports>,
  entered: Set<string>,
): Map<string, string> {
  const module = modules.get(path);
  if (!module || entered.has(path)) return new Map();
  const within = new Set([...entered, path]);
  const paths = new Set(modules.keys());
  const own = new Map(module.names.map((name) => [name, path]));
  const passed = new Map<string, string | null>();
  for (const specifier of module.passedOn) {
    const source = imported(path, specifier, paths);
    if (source === null) continue;
    for (const [name, origin] of origins(source, modules, within)) {
      if (name === 'default' || own.has(name)) continue;
      passed.set(name, passed.has(name) && passed.get(name) !== origin ? null : origin);
    }
  }
  for (const [name, origin] of passed) if (origin !== null) own.set(name, origin);
  return own;
}

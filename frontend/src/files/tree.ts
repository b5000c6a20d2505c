/** Paths as the tree that they make, and what moving or naming a folder does to them. */

import { pathFault } from './paths';

export interface TreeRow {
  /** Of a folder without the slash at its end. */
  path: string;
  name: string;
  depth: number;
  folder: boolean;
  /** Position and number among the rows of the same folder, from 1. */
  position: number;
  size: number;
}

interface Folder {
  folders: Map<string, Folder>;
  files: string[];
}

/** The rows of a tree from above, folders first; what lies in a closed folder is left out. */
export function treeRows(paths: readonly string[], closed: ReadonlySet<string>): TreeRow[] {
  const root: Folder = { folders: new Map(), files: [] };
  for (const path of paths) {
    const parts = path.split('/');
    let folder = root;
    for (const part of parts.slice(0, -1)) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: [] };
      folder.folders.set(part, next);
      folder = next;
    }
    folder.files.push(parts.at(-1)!);
  }
  return rowsOf(root, '', 0, closed);
}

const byName = (one: string, other: string): number => one.localeCompare(other, 'en', { numeric: true });

function rowsOf(folder: Folder, above: string, depth: number, closed: ReadonlySet<string>): TreeRow[] {
  const folders = [...folder.folders.keys()].sort(byName);
  const files = [...folder.files].sort(byName);
  const size = folders.length + files.length;
  const row = (name: string, index: number, isFolder: boolean): TreeRow => ({
    path: above + name,
    name,
    depth,
    folder: isFolder,
    position: index + 1,
    size,
  });
  return [
    ...folders.flatMap((name, index) => {
      const own = row(name, index, true);
      const below = folder.folders.get(name)!;
      return closed.has(own.path) ? [own] : [own, ...rowsOf(below, `${own.path}/`, depth + 1, closed)];
    }),
    ...files.map((name, index) => row(name, folders.length + index, false)),
  ];
}

/** The folders that hold a path, from above. */
export function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** Whether a path is the file or folder itself, or lies in it. */
export const isWithin = (path: string, above: string): boolean =>
  path === above || path.startsWith(`${above}/`);

/** Each path's new one, when the file or folder `from` is called `to` from now on. */
export const renamed = (paths: readonly string[], from: string, to: string): string[] =>
  paths.map((path) => (isWithin(path, from) ? to + path.slice(from.length) : path));

/** Why a file or folder cannot be called `to`, or null. */
export function renameFault(paths: readonly string[], from: string, to: string): string | null {
  if (to !== from && isWithin(to, from)) return 'A folder cannot lie in itself.';
  const others = paths.filter((path) => !isWithin(path, from));
  for (const path of renamed(
    paths.filter((one) => isWithin(one, from)),
    from,
    to,
  )) {
    const fault = pathFault(path, others);
    if (fault) return fault;
  }
  return null;
}

/** Where a file or folder comes to lie in another folder; '' is the top. */
export const movedInto = (path: string, folder: string): string =>
  (folder === '' ? '' : `${folder}/`) + path.slice(path.lastIndexOf('/') + 1);

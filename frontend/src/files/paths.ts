/** The files of a submission as the page edits them. */

export interface SourceFile {
  /** Stays with the file when it is renamed; never sent. */
  id: number;
  path: string;
  text: string;
}

/** Why a path cannot be given to a file, or null. `others` are the paths that are taken. */
export function pathFault(path: string, others: readonly string[]): string | null {
  if (path === '') return 'Give the file a name.';
  if (path.startsWith('/')) return 'A path starts at the function’s own folder, without a slash.';
  if (path.includes('\\')) return 'Folders are separated by /.';
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    return 'Every part of a path needs a name of its own.';
  }
  if (others.includes(path)) return `${path} exists already.`;
  const clash = others.find((other) => other.startsWith(`${path}/`) || path.startsWith(`${other}/`));
  return clash === undefined ? null : `A file cannot be a folder as well: ${clash}.`;
}

/** A name for a new file in a folder that is not taken: module.mjs, module-2.mjs, and so on. */
export function freePath(others: readonly string[], folder = ''): string {
  for (let n = 1; ; n += 1) {
    const path = (folder && `${folder}/`) + (n === 1 ? 'module.mjs' : `module-${n}.mjs`);
    if (!others.includes(path)) return path;
  }
}

/** What people do with whole files: bring some in, take all away, remove some. Asks before anything is lost. */

import type { Workspace } from '../workspace.svelte';
import { saveFile } from '../clipboard';
import { zipped } from './archive';
import { filesOfEntries, filesOfList } from './dropped';
import { ArchiveFault } from './packing';
import { received, type ReceivedFile } from './received';
import { isWithin } from './tree';

/** Adds what was chosen or dropped, in a folder; '' is the top. */
export async function bringIn(
  workspace: Workspace,
  given: FileList | readonly (FileSystemEntry | File)[],
  folder = '',
): Promise<void> {
  try {
    const files = given instanceof FileList ? await filesOfList(given) : await filesOfEntries(given);
    // A template says more of a project than a place among the files.
    if (folder === '' && files.some(({ path }) => /(^|\/)template\.(ya?ml|json)$/.test(path))) {
      const { templateAmong } = await import('../opening/template_files');
      if (templateAmong(files) !== null) {
        workspace.brought = files;
        workspace.snippet.wanted = 'open';
        return;
      }
    }
    take(workspace, files, folder);
  } catch (error) {
    workspace.message = sentenceOf(error);
  }
}

function take(workspace: Workspace, given: readonly ReceivedFile[], folder: string): void {
  const { sources } = workspace;
  const placed = given.map(({ path, bytes }) => ({ path: (folder && `${folder}/`) + path, bytes }));
  const { files, refusals } = received(placed);
  workspace.message = refusals.join(' ') || null;
  const lost = files.filter(({ path, text }) => {
    const known = sources.at(path);
    return known !== undefined && known.text !== text && known.text.trim() !== '';
  });
  if (lost.length > 0 && !confirm(`Replace ${named(lost.map(({ path }) => path))}?`)) return;
  if (files.length > 0) sources.add(files);
}

/** Hands the files over as one .zip. */
export async function takeAway(workspace: Workspace): Promise<void> {
  try {
    saveFile('function.zip', await zipped(workspace.sources.stored().files), 'application/zip');
  } catch (error) {
    workspace.message = sentenceOf(error);
  }
}

/** Why files could not be brought in, or taken away. */
export const sentenceOf = (error: unknown): string =>
  error instanceof ArchiveFault ? error.message : 'The files could not be read.';

/** Removes a file or folder, after a question where there is something to lose. */
export function remove(workspace: Workspace, path: string): void {
  const { sources } = workspace;
  const gone = sources.list.filter((file) => isWithin(file.path, path));
  if (gone.length === sources.list.length) {
    workspace.message = 'A function has one file at least.';
    return;
  }
  const something = gone.some((file) => file.text.trim() !== '');
  if (something && !confirm(`Remove ${named(gone.map((file) => file.path))}?`)) return;
  sources.remove(path);
}

function named(paths: readonly string[]): string {
  return paths.length <= 3 ? paths.join(', ') : `${paths.length} files (${paths.slice(0, 2).join(', ')}, …)`;
}

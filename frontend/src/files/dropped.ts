/** The files in what a browser hands over: a choice of files, or things dropped from the desktop, folders too. */

import { unzipped } from './archive';
import { BYTES_MAX, FILES_MAX, type ReceivedFile } from './received';

/** Read before the drop is over: afterwards a browser has forgotten what it held. */
export function entriesOf(transfer: DataTransfer): (FileSystemEntry | File)[] {
  // Not all that is dropped lies in a file system.
  return [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? item.getAsFile() ?? []);
}

/** Every file below the entries. */
export async function filesOfEntries(entries: readonly (FileSystemEntry | File)[]): Promise<ReceivedFile[]> {
  const files: ReceivedFile[] = [];
  const waiting = [...entries];
  // One more than may be is enough to know that it is too much.
  while (waiting.length > 0 && files.length <= FILES_MAX) {
    const entry = waiting.shift()!;
    if (entry instanceof File) {
      files.push(...(await contentOf(entry, entry.name)));
      continue;
    }
    const path = entry.fullPath.replace(/^\//, '');
    if (entry.isDirectory) waiting.push(...(await childrenOf(entry as FileSystemDirectoryEntry)));
    else files.push(...(await contentOf(await fileOf(entry as FileSystemFileEntry), path)));
  }
  return files;
}

/** Files that were chosen in an <input type=file>. */
export async function filesOfList(list: Iterable<File>): Promise<ReceivedFile[]> {
  const files: ReceivedFile[] = [];
  for (const file of list) files.push(...(await contentOf(file, file.webkitRelativePath || file.name)));
  return files;
}

async function contentOf(file: File, path: string): Promise<ReceivedFile[]> {
  // What is too large is not read: its size alone is over the limit.
  const content = file.size > ARCHIVE_BYTES_MAX ? new Uint8Array(BYTES_MAX + 1) : await file.arrayBuffer();
  const bytes = new Uint8Array(content);
  return path.toLowerCase().endsWith('.zip') ? await unzipped(bytes) : [{ path, bytes }];
}

const ARCHIVE_BYTES_MAX = 50 * 1024 * 1024;

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

async function childrenOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const children: FileSystemEntry[] = [];
  // A browser hands over a hundred at a time, and none at the end.
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0 || children.length > FILES_MAX) return children;
    children.push(...some);
  }
}

/** .zip archives of the files; what reads and writes them is fetched when it is first needed. */

import { BYTES_MAX, FILES_MAX, type ReceivedFile, type TextFile } from './received';

/** An archive that cannot be read; the message is for the person who chose it. */
export class UnreadableArchive extends Error {}

/** The files in an archive. Rejects with UnreadableArchive, also where they would be more than may be. */
export async function unzipped(archive: Uint8Array): Promise<ReceivedFile[]> {
  const { unzipSync } = await import('fflate');
  let bytes = 0;
  let count = 0;
  try {
    const files = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false;
        bytes += originalSize;
        count += 1;
        if (count > FILES_MAX || bytes > BYTES_MAX) {
          throw new UnreadableArchive(`The archive holds more than ${FILES_MAX} files or 3 MB.`);
        }
        return true;
      },
    });
    return Object.entries(files).map(([path, content]) => ({ path, bytes: content }));
  } catch (error) {
    if (error instanceof UnreadableArchive) throw error;
    throw new UnreadableArchive('The file is no .zip archive that can be read.');
  }
}

/** An archive of the files, which Lambda takes as a deployment package. */
export async function zipped(files: readonly (TextFile | ReceivedFile)[]): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await import('fflate');
  const contents = Object.fromEntries(
    files.map((file) => [file.path, 'text' in file ? strToU8(file.text) : file.bytes]),
  );
  return zipSync(contents, { level: 6 }) as Uint8Array<ArrayBuffer>;
}

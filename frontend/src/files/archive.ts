/** .zip archives of the files. Both ways reject with ArchiveFault. */

import { ArchiveFault, packing } from './packing';
import { BYTES_MAX, FILES_MAX, type ReceivedFile, type TextFile } from './received';

/** The files in an archive, no more than may be. */
export async function unzipped(archive: Uint8Array): Promise<ReceivedFile[]> {
  const { unzipSync } = await packing();
  let bytes = 0;
  let count = 0;
  try {
    const files = unzipSync(archive, {
      filter({ name, originalSize }) {
        if (name.endsWith('/')) return false;
        bytes += originalSize;
        count += 1;
        if (count > FILES_MAX || bytes > BYTES_MAX) {
          throw new ArchiveFault(`The archive holds more than ${FILES_MAX} files or 3 MB.`);
        }
        return true;
      },
    });
    return Object.entries(files).map(([path, content]) => ({ path, bytes: content }));
  } catch (error) {
    if (error instanceof ArchiveFault) throw error;
    throw new ArchiveFault('The file is no .zip archive that can be read.');
  }
}

/** An archive of the files, which Lambda takes as a deployment package. */
export async function zipped(files: readonly (TextFile | ReceivedFile)[]): Promise<Uint8Array<ArrayBuffer>> {
  const { strToU8, zipSync } = await packing();
  const contents = Object.fromEntries(
    files.map((file) => [file.path, 'text' in file ? strToU8(file.text) : file.bytes]),
  );
  return zipSync(contents, { level: 6 }) as Uint8Array<ArrayBuffer>;
}

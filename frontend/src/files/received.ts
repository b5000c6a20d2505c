/** Files that somebody dropped or chose, or that lay in a .zip: those that can be edited, and why others cannot. */

import { pathFault } from './paths';

/** What the service takes of one submission. */
export const FILES_MAX = 500;
export const BYTES_MAX = 3 * 1024 * 1024;

export interface ReceivedFile {
  path: string;
  bytes: Uint8Array;
}

export interface TextFile {
  path: string;
  text: string;
}

export interface Received {
  files: TextFile[];
  /** A sentence for each reason why something was left out. */
  refusals: string[];
}

/** What systems and editors leave in folders, and nobody means to bring along. */
const LEFT_OUT = /(^|\/)(__MACOSX|\.git|\.DS_Store|Thumbs\.db)(\/|$)/;

/** Reads what was given as text. Never more than a submission may have. */
export function received(given: readonly ReceivedFile[]): Received {
  const files: Received['files'] = [];
  const refusals: string[] = [];
  const notText: string[] = [];
  let bytes = 0;
  for (const one of given) {
    const path = one.path.replaceAll('\\', '/').replace(/^(\.?\/)+/, '');
    if (LEFT_OUT.test(path)) continue;
    const fault = pathFault(
      path,
      files.map((file) => file.path),
    );
    if (fault) {
      refusals.push(`${path || 'A file without a name'} was left out: ${fault}`);
      continue;
    }
    bytes += one.bytes.length;
    if (files.length >= FILES_MAX || bytes > BYTES_MAX) {
      return { files: [], refusals: [`Nothing was added: ${FILES_MAX} files and 3 MB are the most.`] };
    }
    const text = textOf(one.bytes);
    if (text === null) notText.push(path);
    else files.push({ path, text });
  }
  if (notText.length > 0) {
    const [first, ...others] = notText;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    refusals.push(`${first}${more} cannot be edited as text, and ${more ? 'were' : 'was'} left out.`);
  }
  return { files, refusals };
}

function textOf(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // The editors keep lines apart by \n alone.
    return text.includes('\0') ? null : text.replace(/\r\n?/g, '\n');
  } catch {
    return null;
  }
}

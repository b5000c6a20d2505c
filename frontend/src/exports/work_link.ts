/** Work in a link itself: what is after `#work=` is all there is, and no service keeps it. */

import { type Draft, parseDraft } from '../draft';
import { packing } from '../files/packing';
import { pathFault } from '../files/paths';
import { withoutOthers } from './exportable';

export const WORK = '#work=';
/** Links beyond this are cut by mail programs and chats. */
export const LINK_LENGTH_MAX = 30_000;
/** What the service takes of one submission, with its events; a small link can be made to hold much more. */
const BYTES_MAX = 12 * 1024 * 1024;
const VERSION = '1';
const STEP = 1024;

export class UnreadableLink extends Error {}

const toText = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const toBytes = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (sign) => sign.charCodeAt(0));

/** The part of an address from the # on. Values of variables that `open` does not name are left out. */
export async function workHash(draft: Draft, open: readonly string[]): Promise<string> {
  const { deflateSync, strToU8 } = await packing();
  const { snippet: _, tabs: __, ...kept } = draft;
  const environment = withoutOthers(draft, open);
  const bytes = deflateSync(strToU8(JSON.stringify({ ...kept, environment })), { level: 9 });
  return `${WORK}${VERSION}.${toText(bytes)}`;
}

/** The work in the part of an address from the # on. Rejects with UnreadableLink, whose message is for people. */
export async function workOf(hash: string): Promise<Draft> {
  const { Inflate, strFromU8 } = await packing();
  const [version, text = ''] = hash.slice(WORK.length).split('.');
  if (version !== VERSION) {
    throw new UnreadableLink(
      'The link was made by another version of the playground, which this one cannot read.',
    );
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  let whole = false;
  try {
    const inflating = new Inflate((part, final) => {
      length += part.length;
      if (length > BYTES_MAX) throw new UnreadableLink('The link holds more than the playground takes.');
      parts.push(part);
      whole ||= final;
    });
    const bytes = toBytes(text);
    // In steps, so that it ends before it has grown too large.
    for (let at = 0; at < bytes.length; at += STEP) {
      inflating.push(bytes.subarray(at, at + STEP), at + STEP >= bytes.length);
    }
  } catch (error) {
    if (error instanceof UnreadableLink) throw error;
    throw new UnreadableLink(CUT);
  }
  const draft = whole ? parseDraft(strFromU8(joined(parts, length))) : null;
  if (draft === null) throw new UnreadableLink(CUT);
  const paths = draft.files.map(({ path }) => path);
  // Whoever made the link may have written anything.
  const fault = paths
    .map((path, index) => pathFault(path, paths.slice(0, index)))
    .find((one) => one !== null);
  if (fault !== undefined) throw new UnreadableLink(`A file of the link cannot be: ${fault}`);
  return draft;
}

const CUT = 'The link is cut short or was changed on its way: nothing can be read from it.';

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const all = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The request for an export. */

import { faultsOf, send, UNREACHABLE } from '../api';
import type { FieldFault } from '../contract';
import type { Draft } from '../draft';
import { PackingNotLoaded, packing } from '../files/packing';
import type { TextFile } from '../files/received';
import { contentOf } from '../snippet/content';
import { withoutOthers } from './exportable';

export type Exported =
  | {
      kind: 'made';
      /** Id of the format. */
      format: string;
      archive: Uint8Array<ArrayBuffer>;
      /** What is in the archive, in its order. */
      files: TextFile[];
      /** What whoever exports should know, a sentence each. */
      notices: string[];
    }
  /** Something of the work has to be corrected first. */
  | { kind: 'refused'; sentences: string[] }
  /** It may go well when it is tried again. */
  | { kind: 'failed'; sentence: string };

/** The work as an archive. `open` names the variables whose values go along; of the others not even the service hears. */
export async function exported(
  format: string,
  draft: Draft,
  function_name: string,
  open: readonly string[],
): Promise<Exported> {
  const content = contentOf({ ...draft, environment: withoutOthers(draft, open) });
  if (typeof content === 'string') return { kind: 'refused', sentences: [`${content}.`] };
  const { files, handler, memory_size, timeout, ephemeral_storage, environment } = content;
  const figures = { memory_size, timeout, ephemeral_storage };
  const test_events = content.test_events.map(({ name, event }) => ({ name, event }));
  const values = open.filter((name) => Object.hasOwn(environment, name));
  const body = { files, handler, ...figures, environment, test_events, function_name, values };
  try {
    const response = await send('POST', `/api/exports/${format}`, body);
    return response.ok ? await read(format, response) : refusal(response, await faultsOf(response));
  } catch (error) {
    return { kind: 'failed', sentence: error instanceof PackingNotLoaded ? error.message : UNREACHABLE };
  }
}

async function read(format: string, response: Response): Promise<Exported> {
  const archive = new Uint8Array(await response.arrayBuffer());
  const { strFromU8, unzipSync } = await packing();
  const files = Object.entries(unzipSync(archive)).map(([path, bytes]) => ({ path, text: strFromU8(bytes) }));
  const notices = JSON.parse(response.headers.get('X-Playground-Notices') ?? '[]') as string[];
  return { kind: 'made', format, archive, files, notices };
}

function refusal({ status, headers }: Response, faults: readonly FieldFault[]): Exported {
  if (status === 422) {
    // With the file or the variable that it is said of.
    const sentences = faults.map(({ field, message }) =>
      field.length > 1 ? `${field.at(-1)}: ${message}` : message,
    );
    return { kind: 'refused', sentences };
  }
  const said =
    faults.map(({ message }) => message).join(' ') || `The playground answered with HTTP ${status}.`;
  const wait = headers.get('Retry-After');
  return { kind: 'failed', sentence: `${said} Try again${wait ? ` in ${wait} s` : ''}.` };
}

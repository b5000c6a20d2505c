/** What somebody brought from elsewhere, as work to edit: a SAM project, or the files of one function. */

import { received, type ReceivedFile, type TextFile } from '../files/received';
import { EMPTY } from '../events/saved_events';
import { draftOf } from '../snippet/content';
import { type FoundFunction, functionsOf } from './functions';
import { Template, UnreadableTemplate } from './template';
import { templateAmong } from './template_files';

export interface Project {
  /** Path of the template; null where there is none, and the files are those of a function. */
  template: string | null;
  functions: readonly FoundFunction[];
  /** What is said of the whole: why nothing can be opened, or what was left out, a sentence each. */
  notices: readonly string[];
}

/** What builds leave in a project, and nobody writes. */
export const BUILT = /(?:^|\/)(?:node_modules|\.aws-sam|cdk\.out)\//;

export function projectOf(given: readonly ReceivedFile[]): Project {
  const path = templateAmong(given);
  return path === null ? filesAlone(given) : projectAt(path, given);
}

function projectAt(path: string, given: readonly ReceivedFile[]): Project {
  const root = path.slice(0, path.lastIndexOf('/') + 1);
  const within = given
    .filter((file) => file.path.startsWith(root))
    .map((file) => ({ ...file, path: file.path.slice(root.length) }))
    .filter((file) => !BUILT.test(file.path));
  const { files, refusals } = received(within);
  const own = path.slice(root.length);
  const text = files.find((file) => file.path === own)?.text;
  if (text === undefined) return { template: own, functions: [], notices: refusals };
  try {
    const functions = functionsOf(new Template(own, text), files);
    const notices = functions.length > 0 ? refusals : [...refusals, `${own} has no Lambda function.`];
    return { template: own, functions, notices };
  } catch (error) {
    if (!(error instanceof UnreadableTemplate)) throw error;
    return { template: own, functions: [], notices: [error.message] };
  }
}

function filesAlone(given: readonly ReceivedFile[]): Project {
  const { files, refusals } = received(given);
  if (files.length === 0) {
    return {
      template: null,
      functions: [],
      notices: refusals.length > 0 ? refusals : ['There is no file in it.'],
    };
  }
  const placed = withoutTopFolder(files);
  const draft = draftOf({
    files: Object.fromEntries(placed.map(({ path, text }) => [path, text])),
    handler: likelyHandler(placed),
    memory_size: 128,
    timeout: 3,
    ephemeral_storage: 512,
    environment: {},
    test_events: [],
  });
  return {
    template: null,
    functions: [{ id: 'The files', draft: { ...draft, events: [EMPTY] }, notices: [] }],
    notices: refusals,
  };
}

/** A folder that holds everything is the project's own. */
function withoutTopFolder(files: readonly TextFile[]): readonly TextFile[] {
  const top = files[0]!.path.split('/')[0]!;
  if (!files.every(({ path }) => path.startsWith(`${top}/`))) return files;
  return files.map(({ path, text }) => ({ path: path.slice(top.length + 1), text }));
}

/** Likely names of the file that holds a handler, the likeliest last. */
const ENTRIES = ['main', 'app', 'handler', 'index'];
const MODULE = /^(?!.*(?:\.d\.[cm]?ts$|\.test\.|node_modules\/))(.+)\.[cm]?[jt]s$/;
const EXPORT = /\bexport\s+(?:const|let|var|(?:async\s+)?function)\s+(\w+)|\bexports\.(\w+)\s*=/g;

/** A guess, as nothing says it: the editor offers whatever else the files export. */
function likelyHandler(files: readonly TextFile[]): string {
  const modules = files.flatMap(({ path, text }) => {
    const module = MODULE.exec(path)?.[1];
    const names = [...text.matchAll(EXPORT)].map(([, one, other]) => (one ?? other)!);
    const name = names.includes('handler') ? 'handler' : names[0];
    return module === undefined || name === undefined ? [] : [{ module, name }];
  });
  const rank = ({ module, name }: { module: string; name: string }): number =>
    ENTRIES.indexOf(module.split('/').at(-1)!) + (name === 'handler' ? 0.5 : 0);
  const [best] = modules.sort((one, other) => rank(other) - rank(one));
  return best ? `${best.module}.${best.name}` : 'index.handler';
}

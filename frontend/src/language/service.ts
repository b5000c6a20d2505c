/** TypeScript's language service over the files of a function, as they would lie at /var/task. */

import ts from 'typescript';
import { callHelp } from './call_help';
import { described } from './description';
import { LIBRARY_FOLDER } from './libraries';
import type { CallHelp, Completions, Description, Place, Problem, SourceText } from './protocol';

const TASK = '/var/task/';
const SCRIPT = /\.[cm]?[jt]sx?$/;
const JAVASCRIPT = /\.[cm]?jsx?$/;
const OPTIONS_MAX = 500;

const OPTIONS: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  strict: true,
  // A handler's parameters often have no types yet, and a caught error is read as one.
  noImplicitAny: false,
  useUnknownInCatchVariables: false,
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2024.d.ts', 'lib.esnext.disposable.d.ts'],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ['node', 'aws-lambda'],
  resolveJsonModule: true,
  esModuleInterop: true,
  isolatedModules: true,
  skipLibCheck: true,
  noEmit: true,
};

interface Known {
  version: number;
  snapshot: ts.IScriptSnapshot;
  text: string;
}

export class LanguageService {
  readonly #files = new Map<string, Known>();
  readonly #libraries: Map<string, Known>;
  readonly #service: ts.LanguageService;
  #version = 0;

  constructor(libraries: Record<string, string>) {
    this.#libraries = new Map(Object.entries(libraries).map(([path, text]) => [path, known(text, 0)]));
    const read = (path: string) => this.#files.get(path) ?? this.#libraries.get(path);
    const folders = foldersOf(this.#libraries.keys());
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => OPTIONS,
      getProjectVersion: () => String(this.#version),
      getScriptFileNames: () => [
        ...[...this.#files.keys()].filter((path) => SCRIPT.test(path)),
        '/runtime.d.ts',
      ],
      getScriptVersion: (path) => String(read(path)?.version ?? 0),
      getScriptSnapshot: (path) => read(path)?.snapshot,
      getCurrentDirectory: () => TASK,
      getDefaultLibFileName: () => `${LIBRARY_FOLDER}lib.es2024.d.ts`,
      fileExists: (path) => read(path) !== undefined,
      readFile: (path) => read(path)?.text,
      directoryExists: (path) => {
        const folder = path.endsWith('/') ? path : `${path}/`;
        return folders.has(folder) || [...this.#files.keys()].some((file) => file.startsWith(folder));
      },
      getDirectories: (path) => namesBelow(path, [...this.#files.keys(), ...this.#libraries.keys()]).folders,
      // Asked for to complete a path in an import, in one folder at a time.
      readDirectory: (path, extensions) =>
        namesBelow(path, [...this.#files.keys()])
          .files.filter((name) => !extensions || extensions.some((ending) => name.endsWith(ending)))
          .map((name) => path.replace(/\/?$/, '/') + name),
    };
    this.#service = ts.createLanguageService(host, ts.createDocumentRegistry(true));
  }

  /** Brings the files up to date. */
  update(changed: readonly SourceText[], gone: readonly string[]): void {
    if (changed.length + gone.length > 0) this.#version += 1;
    for (const path of gone) this.#files.delete(TASK + path);
    for (const { path, text } of changed) this.#files.set(TASK + path, known(text, this.#version));
  }

  completions(path: string, offset: number, explicit: boolean): Completions | null {
    const found = this.#service.getCompletionsAtPosition(TASK + path, offset, {
      includeCompletionsWithInsertText: true,
      ...(explicit && { triggerKind: ts.CompletionTriggerKind.Invoked }),
    });
    if (!found) return null;
    const text = this.#files.get(TASK + path)?.text ?? '';
    let from = found.optionalReplacementSpan?.start ?? offset;
    if (!found.optionalReplacementSpan) while (from > 0 && /[\w$]/.test(text[from - 1]!)) from -= 1;
    const word = text.slice(from, offset).toLowerCase();
    const options = found.entries
      .filter((entry) => entry.kind !== ts.ScriptElementKind.warning && holds(entry.name.toLowerCase(), word))
      .slice(0, OPTIONS_MAX)
      .map(({ name, kind, sortText, insertText }) => ({
        name,
        kind,
        sortText,
        insertText: insertText ?? null,
      }));
    return { from, options };
  }

  describeCompletion(path: string, offset: number, name: string): Description | null {
    const details = this.#service.getCompletionEntryDetails(
      TASK + path,
      offset,
      name,
      undefined,
      undefined,
      undefined,
      undefined,
    );
    if (!details) return null;
    return {
      from: offset,
      to: offset,
      ...described(details.displayParts, details.documentation, details.tags),
    };
  }

  describe(path: string, offset: number): Description | null {
    const info = this.#service.getQuickInfoAtPosition(TASK + path, offset);
    if (!info) return null;
    const { start, length } = info.textSpan;
    return {
      from: start,
      to: start + length,
      ...described(info.displayParts, info.documentation, info.tags),
    };
  }

  /** The parameters of the call around the offset. */
  parameters(path: string, offset: number): CallHelp | null {
    const found = this.#service.getSignatureHelpItems(TASK + path, offset, undefined);
    return found ? callHelp(found) : null;
  }

  /** What is wrong in a file. In JavaScript only its grammar is an error; types are advice. */
  problems(path: string): Problem[] {
    const file = TASK + path;
    if (!this.#files.has(file) || !SCRIPT.test(path)) return [];
    const grammar = this.#service.getSyntacticDiagnostics(file);
    const types = this.#service.getSemanticDiagnostics(file);
    return [
      ...grammar.map((one) => problem(one, 'error')),
      ...types.map((one) => problem(one, JAVASCRIPT.test(path) ? 'warning' : 'error')),
    ];
  }

  /** Where what stands at the offset is declared, if that is in a file of the function. */
  definition(path: string, offset: number): Place | null {
    const found = this.#service.getDefinitionAtPosition(TASK + path, offset) ?? [];
    const own = found.find(({ fileName }) => this.#files.has(fileName));
    return own ? { path: own.fileName.slice(TASK.length), offset: own.textSpan.start } : null;
  }
}

const known = (text: string, version: number): Known => ({
  text,
  version,
  snapshot: ts.ScriptSnapshot.fromString(text),
});

function problem(one: ts.Diagnostic, severity: Problem['severity']): Problem {
  const from = one.start ?? 0;
  return {
    from,
    to: from + (one.length ?? 0),
    severity,
    message: ts.flattenDiagnosticMessageText(one.messageText, '\n'),
    code: one.code,
  };
}

/** Whether the letters of a word occur in a name in their order, as completion matches them. */
function holds(name: string, word: string): boolean {
  let at = 0;
  for (const letter of word) {
    at = name.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}

function foldersOf(paths: Iterable<string>): Set<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1))
      folders.add(path.slice(0, at + 1));
  }
  return folders;
}

function namesBelow(folder: string, paths: string[]): { folders: string[]; files: string[] } {
  const start = folder.replace(/\/?$/, '/');
  const below = paths
    .filter((path) => path.startsWith(start))
    .map((path) => path.slice(start.length).split('/'));
  return {
    folders: [...new Set(below.filter((parts) => parts.length > 1).map(([first]) => first!))],
    files: below.filter((parts) => parts.length === 1).map(([name]) => name!),
  };
}

/** Completion, descriptions on hover, problems and definitions in an editor, from the language service. */

import {
  autocompletion,
  type Completion as Option,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import { type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import type { Extension } from '@codemirror/state';
import { EditorView, hoverTooltip, keymap } from '@codemirror/view';
import type { LanguageClient } from '../language/client';
import type { Description } from '../language/protocol';

export interface LanguageHelp {
  client: LanguageClient;
  /** The file that an editor shows; it can be renamed. */
  path(): string;
  /** What is loaded after the page, once it is there. */
  later(help: LanguageHelp): Extension;
  onProblems(count: number): void;
  goTo(path: string, offset: number): void;
}

const LINT_AFTER_MS = 400;
const HOVER_AFTER_MS = 350;
const SCRIPT = /\.[cm]?[jt]sx?$/;

export const isScript = (path: string): boolean => SCRIPT.test(path);

/** CodeMirror's icons by TypeScript's kinds. */
const ICONS: Record<string, string> = {
  method: 'method',
  function: 'function',
  'local function': 'function',
  property: 'property',
  getter: 'property',
  setter: 'property',
  const: 'constant',
  let: 'variable',
  var: 'variable',
  'local var': 'variable',
  parameter: 'variable',
  alias: 'variable',
  class: 'class',
  interface: 'interface',
  type: 'type',
  enum: 'enum',
  'enum member': 'constant',
  module: 'namespace',
  script: 'namespace',
  directory: 'namespace',
  keyword: 'keyword',
  string: 'text',
};

/** What helps with a script; the service is started by the first question. */
export function languageHelp(help: LanguageHelp): Extension {
  return [
    help.later(help),
    autocompletion({ override: [(context) => completions(help, context)], icons: true }),
    hoverTooltip((_, offset) => hover(help, offset), { hoverTime: HOVER_AFTER_MS }),
    linter(() => problems(help), { delay: LINT_AFTER_MS }),
    lintGutter(),
    EditorView.domEventHandlers({
      focus: () => help.client.start(),
      mousedown(event, view) {
        if (!(event.ctrlKey || event.metaKey) || event.button !== 0) return false;
        const offset = view.posAtCoords({ x: event.clientX, y: event.clientY });
        if (offset !== null) void goToDefinition(help, offset);
        return false;
      },
    }),
    keymap.of([
      ...lintKeymap,
      { key: 'F12', run: (view) => (void goToDefinition(help, view.state.selection.main.head), true) },
    ]),
  ];
}

async function completions(help: LanguageHelp, context: CompletionContext): Promise<CompletionResult | null> {
  const typed = context.matchBefore(/[\w$]+$/);
  const after = context.matchBefore(/[.'"/#@]$/);
  if (!context.explicit && !typed && !after) return null;
  const found = await help.client.ask('completions', help.path(), context.pos, context.explicit);
  if (!found || context.aborted) return null;
  const from = Math.min(found.from, context.pos);
  return {
    from,
    validFor: /^[\w$]*$/,
    options: found.options.map(({ name, kind, sortText, insertText }): Option => {
      const icon = ICONS[kind];
      return {
        label: name,
        apply: insertText ?? name,
        // Local names first, globals and keywords last, as the service sorts them.
        boost: Math.max(-99, 12 - (Number.parseInt(sortText, 10) || 12)) * 4,
        ...(icon && { type: icon }),
        info: async () => {
          const told = await help.client.ask('describeCompletion', help.path(), context.pos, name);
          return told && drawn(told);
        },
      };
    }),
  };
}

async function hover(help: LanguageHelp, offset: number) {
  const told = await help.client.ask('describe', help.path(), offset);
  if (!told || told.signature === '' || told.signature === 'any') return null;
  return { pos: told.from, end: told.to, above: true, create: () => ({ dom: drawn(told) }) };
}

function drawn({ signature, documentation }: Description): HTMLElement {
  const all = document.createElement('div');
  all.className = 'cm-description';
  const code = all.appendChild(document.createElement('pre'));
  code.textContent = signature;
  if (documentation) all.appendChild(document.createElement('p')).textContent = documentation;
  return all;
}

async function problems(help: LanguageHelp): Promise<readonly Diagnostic[]> {
  const found = await help.client.ask('problems', help.path());
  if (!found) return [];
  help.onProblems(found.length);
  return found.map(({ from, to, severity, message }) => ({
    from,
    to,
    severity,
    message,
    source: 'TypeScript',
  }));
}

async function goToDefinition(help: LanguageHelp, offset: number): Promise<void> {
  const place = await help.client.ask('definition', help.path(), offset);
  if (place) help.goTo(place.path, place.offset);
}

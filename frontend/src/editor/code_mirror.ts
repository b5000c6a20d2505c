/** The two kinds of editor on the page, from CodeMirror's parts. */

import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab, isolateHistory } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
  rectangularSelection,
} from '@codemirror/view';
import { difference } from '../formatting';
import { faultLine } from './fault_line';
import { vsCodeKeys } from './keys';
import { isScript, type LanguageHelp, languageHelp } from './language_help';
import { codeTheme, jsonTheme } from './theme';

export interface EditorOptions {
  text: string;
  /** Accessible name. */
  label: string;
  /** Id of the element that says how to leave the editor by keyboard. */
  describedBy: string;
  onChange(text: string): void;
}

export interface CodeOptions extends EditorOptions {
  path: string;
  help: LanguageHelp;
  onFormat(): void;
}

function helpWith(path: string, help: LanguageHelp): Extension {
  return isScript(path) ? languageHelp(help) : autocompletion();
}

/** The language of a file, by the ending of its path. */
export function languageOf(path: string): Extension {
  if (path.endsWith('.json')) return [json(), jsonTheme];
  if (/\.[cm]?tsx?$/.test(path))
    return [javascript({ typescript: true, jsx: path.endsWith('x') }), codeTheme];
  if (/\.([cm]?js|jsx)$/.test(path)) return [javascript({ jsx: path.endsWith('jsx') }), codeTheme];
  return codeTheme;
}

/** Marks the styles that an editor adds as ours: each needs it, from its first state on. */
export function marked(): Extension {
  const nonce = document.querySelector<HTMLElement>('meta[nonce]')?.nonce;
  return nonce ? EditorView.cspNonce.of(nonce) : [];
}

function base({ label, describedBy, onChange }: EditorOptions): Extension {
  return [
    marked(),
    history(),
    drawSelection(),
    EditorState.allowMultipleSelections.of(true),
    EditorView.clickAddsSelectionRange.of((event) => event.altKey && !event.shiftKey),
    rectangularSelection({ eventFilter: (event) => event.altKey && event.shiftKey }),
    crosshairCursor(),
    search({ top: true }),
    highlightSpecialChars(),
    highlightActiveLine(),
    highlightSelectionMatches(),
    indentOnInput(),
    indentUnit.of('  '),
    bracketMatching(),
    closeBrackets(),
    faultLine,
    // Escape before Tab leaves the editor; CodeMirror sees to that itself.
    keymap.of([
      ...vsCodeKeys,
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...searchKeymap,
      ...historyKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-describedby': describedBy, tabindex: '0' }),
    EditorView.updateListener.of((update) => {
      if (update.docChanged) onChange(update.state.doc.toString());
    }),
  ];
}

const language = new Compartment();
const assistance = new Compartment();

/** An editor for a file of the submission; its path chooses the language. */
export function codeState(options: CodeOptions): EditorState {
  const own = [
    lineNumbers(),
    highlightActiveLineGutter(),
    keymap.of([{ key: 'Shift-Alt-f', run: () => (options.onFormat(), true), preventDefault: true }]),
    language.of(languageOf(options.path)),
    assistance.of(helpWith(options.path, options.help)),
  ];
  return EditorState.create({ doc: options.text, extensions: [own, base(options)] });
}

/** An editor for a file without the language service. */
export function plainCodeState(options: EditorOptions & { path: string }): EditorState {
  return EditorState.create({
    doc: options.text,
    extensions: [lineNumbers(), languageOf(options.path), base(options)],
  });
}

/** The language of another path, as after a file was renamed. */
export function setLanguage(view: EditorView, path: string, help: LanguageHelp): void {
  const effects = [language.reconfigure(languageOf(path)), assistance.reconfigure(helpWith(path, help))];
  view.dispatch({ effects });
}

/** Puts the cursor at a line and column (from 1; beyond the end: the end) and brings it into view. */
export function goTo(view: EditorView, line: number, column: number): void {
  const at = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines));
  const position = Math.min(at.from + Math.max(0, column - 1), at.to);
  view.dispatch({
    selection: { anchor: position },
    effects: EditorView.scrollIntoView(position, { y: 'center' }),
  });
  view.focus();
}

/** An editor for an event: JSON, lines broken at the edge, no line numbers. */
export function eventState(options: EditorOptions): EditorState {
  const parts = [json(), jsonTheme, EditorView.lineWrapping, base(options)];
  return EditorState.create({ doc: options.text, extensions: parts });
}

/** Gives an editor another text, as one step that can be undone; the same text changes nothing. */
export function replaceText(view: EditorView, text: string): void {
  if (view.state.doc.toString() === text) return;
  view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
}

/** The same text in its formatted form: one step, and only what differs is touched. */
export function takeFormatted(view: EditorView, text: string, cursor: number): void {
  const change = difference(view.state.doc.toString(), text);
  if (!change) return;
  view.dispatch({
    annotations: isolateHistory.of('full'),
    changes: change,
    selection: { anchor: Math.min(cursor, text.length) },
    scrollIntoView: true,
  });
}

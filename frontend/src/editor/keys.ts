/** Keys that VS Code has and CodeMirror has not, or has elsewhere. */

import { selectLine } from '@codemirror/commands';
import { gotoLine, openSearchPanel } from '@codemirror/search';
import type { EditorView, KeyBinding } from '@codemirror/view';

function replacePanel(view: EditorView): boolean {
  openSearchPanel(view);
  // The panel is there at once; its own field for the search has the focus.
  view.dom.querySelector<HTMLInputElement>('.cm-search [name=replace]')?.select();
  return true;
}

export const vsCodeKeys: readonly KeyBinding[] = [
  { key: 'Mod-h', mac: 'Mod-Alt-f', run: replacePanel, preventDefault: true },
  { key: 'Ctrl-g', run: gotoLine, preventDefault: true },
  { key: 'Mod-l', run: selectLine, preventDefault: true },
];

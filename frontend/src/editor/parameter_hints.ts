/** The parameters of the call that is being typed, above it. Loaded when the language service is there. */

import { type Extension, Prec, StateEffect, StateField } from '@codemirror/state';
import { EditorView, keymap, showTooltip, type Tooltip, ViewPlugin, type ViewUpdate } from '@codemirror/view';
import type { CallHelp } from '../language/protocol';
import type { LanguageHelp } from './language_help';

const told = StateEffect.define<CallHelp | null>();

const shown = StateField.define<CallHelp | null>({
  create: () => null,
  update(help, transaction) {
    for (const effect of transaction.effects) if (effect.is(told)) return effect.value;
    return help && transaction.docChanged
      ? { ...help, from: transaction.changes.mapPos(help.from, 1) }
      : help;
  },
  provide: (field) => showTooltip.from(field, (help) => help && tooltip(help)),
});

const tooltip = (help: CallHelp): Tooltip => ({
  pos: help.from,
  above: true,
  create: () => ({ dom: drawn(help) }),
});

function drawn({ signature, active, documentation, overload, overloads }: CallHelp): HTMLElement {
  const all = document.createElement('div');
  all.className = 'cm-description cm-parameters';
  all.setAttribute('role', 'status');
  all.setAttribute('aria-label', 'Parameters');
  const code = all.appendChild(document.createElement('pre'));
  const { from, to } = active ?? { from: signature.length, to: signature.length };
  code.append(signature.slice(0, from));
  code.appendChild(document.createElement('b')).textContent = signature.slice(from, to);
  code.append(signature.slice(to));
  if (overloads > 1) code.append(`  (${overload} of ${overloads})`);
  if (documentation) all.appendChild(document.createElement('p')).textContent = documentation;
  return all;
}

/** A call begins or goes on to its next argument. */
function begins(update: ViewUpdate): boolean {
  let typed = '';
  if (update.transactions.some((transaction) => transaction.isUserEvent('input.type')))
    update.changes.iterChanges((_from, _to, _fromNew, _toNew, text) => (typed += text.toString()));
  return /[(,]/.test(typed);
}

function hide(view: EditorView): boolean {
  if (view.state.field(shown) === null) return false;
  view.dispatch({ effects: told.of(null) });
  return true;
}

export function parameterHints(help: LanguageHelp): Extension {
  const asking = ViewPlugin.define((view) => {
    let latest = 0;
    async function ask(): Promise<void> {
      const question = (latest += 1);
      // The page hears of a change after the editor's own parts.
      await Promise.resolve();
      const found = await help.client.ask('parameters', help.path(), view.state.selection.main.head);
      // Who types on has asked again, and who went to another file has nothing to see here.
      if (question === latest && view.state.field(shown, false) !== undefined)
        view.dispatch({ effects: told.of(found) });
    }
    return {
      ask,
      update(update: ViewUpdate) {
        const moved = update.docChanged || update.selectionSet;
        if (begins(update) || (moved && update.state.field(shown) !== null)) void ask();
      },
      destroy() {
        latest += 1;
      },
    };
  });
  return [
    shown,
    asking,
    EditorView.domEventHandlers({ blur: (_, view) => void hide(view) }),
    Prec.high(
      keymap.of([
        { key: 'Escape', run: hide },
        { key: 'Mod-Shift-Space', run: (view) => (void view.plugin(asking)?.ask(), true) },
      ]),
    ),
  ];
}

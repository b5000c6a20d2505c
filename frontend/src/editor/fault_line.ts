/** One line of an editor can be marked as faulty. */

import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state';
import { Decoration, type DecorationSet, EditorView } from '@codemirror/view';

const mark = Decoration.line({ class: 'cm-fault' });
const setFaultLine = StateEffect.define<number | null>();

const field = StateField.define<DecorationSet>({
  create: () => RangeSet.empty,
  update(marks, transaction) {
    let next = marks.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setFaultLine)) continue;
      const line = effect.value;
      const known = line !== null && line >= 1 && line <= transaction.state.doc.lines;
      next = known ? Decoration.set(mark.range(transaction.state.doc.line(line).from)) : RangeSet.empty;
    }
    return next;
  },
  provide: (self) => EditorView.decorations.from(self),
});

export const faultLine: Extension = field;

/** Marks a line (from 1), or none. */
export function markFaultLine(view: EditorView, line: number | null): void {
  view.dispatch({ effects: setFaultLine.of(line) });
}

/** How the editors look: every colour is a variable of the page, so that light and dark need one theme. */

import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags as t } from '@lezer/highlight';

const look = EditorView.theme({
  '&': {
    height: '100%',
    fontSize: 'var(--code-size, 13px)',
    color: 'var(--ink)',
    backgroundColor: 'transparent',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.62', overflow: 'auto' },
  '.cm-content': { padding: '10px 0', caretColor: 'var(--ink)' },
  '.cm-line': { padding: '0 16px 0 10px' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', border: 'none', color: 'var(--dim)' },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '40px', padding: '0 4px 0 12px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'transparent' },
  '&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter': { backgroundColor: 'var(--active-line)' },
  '.cm-line.cm-fault': { backgroundColor: 'var(--bad-soft)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-selectionBackground, &.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    backgroundColor: 'var(--selection)',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--match)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--match)', outline: 'none' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-panels-top': { borderBottom: '1px solid var(--line)' },
  '.cm-panel.cm-search, .cm-panel.cm-gotoLine': {
    padding: '8px 36px 8px 12px',
    font: '12.5px/1.5 var(--sans)',
  },
  '.cm-panel.cm-search input, .cm-panel.cm-search button, .cm-panel.cm-search label': {
    margin: '2px 6px 2px 0',
    fontSize: '12.5px',
  },
  '.cm-panel.cm-search label': { display: 'inline-flex', alignItems: 'center', gap: '4px' },
  '.cm-panel.cm-search [name=close]': { fontSize: '18px', top: '4px', right: '10px', color: 'var(--dim)' },
  '.cm-panel.cm-search .cm-textfield': { fontFamily: 'var(--mono)', width: 'min(220px, 60vw)' },
  '.cm-textfield': {
    border: '1px solid var(--edge)',
    borderRadius: '5px',
    padding: '3px 8px',
    backgroundColor: 'var(--bg)',
  },
  '.cm-button': {
    backgroundImage: 'none',
    backgroundColor: 'var(--bg)',
    border: '1px solid var(--edge)',
    borderRadius: '5px',
    padding: '3px 10px',
    cursor: 'pointer',
  },
  '.cm-tooltip': {
    backgroundColor: 'var(--panel)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    boxShadow: 'var(--shadow)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    maxHeight: '16em',
    borderRadius: '7px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 10px 2px 4px', lineHeight: '1.5' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--selection)',
    color: 'var(--ink)',
  },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionIcon': { color: 'var(--dim)', opacity: '1' },
  '.cm-tooltip.cm-completionInfo': { padding: '0', maxWidth: 'min(420px, 80vw)' },
  '.cm-description': { maxWidth: 'min(520px, 86vw)', padding: '8px 12px' },
  '.cm-description pre': {
    font: '12px/1.55 var(--mono)',
    margin: '0',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxHeight: '12em',
    overflow: 'hidden',
  },
  '.cm-description p': {
    font: '12.5px/1.5 var(--sans)',
    margin: '6px 0 0',
    color: 'var(--dim)',
    whiteSpace: 'pre-wrap',
    maxHeight: '12em',
    overflow: 'hidden',
  },
  '.cm-parameters b': { color: 'var(--accent)' },
  '.cm-diagnostic': { padding: '6px 12px', font: '12.5px/1.5 var(--sans)', maxWidth: 'min(520px, 86vw)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
  '.cm-diagnostic-warning': { borderLeft: '3px solid var(--warn)' },
  '.cm-diagnosticSource': { color: 'var(--dim)', opacity: '1' },
  '.cm-lintRange-error, .cm-lintRange-warning': { backgroundImage: 'none', textUnderlineOffset: '4px' },
  '.cm-lintRange-error': { textDecoration: 'underline wavy 1px var(--bad)' },
  '.cm-lintRange-warning': { textDecoration: 'underline wavy 1px var(--warn)' },
  '.cm-gutter-lint': { width: '12px' },
  '.cm-gutter-lint .cm-gutterElement': { padding: '0' },
  '.cm-lint-marker': { width: '7px', height: '7px', margin: '0.55em 2px', borderRadius: '50%' },
  '.cm-lint-marker-error': { content: '""', backgroundColor: 'var(--bad)' },
  '.cm-lint-marker-warning': { content: '""', backgroundColor: 'var(--warn)' },
  '.cm-placeholder': { color: 'var(--dim)' },
});

const colours = HighlightStyle.define([
  { tag: [t.keyword, t.modifier, t.operatorKeyword, t.self], color: 'var(--syntax-keyword)' },
  { tag: [t.string, t.special(t.string), t.regexp], color: 'var(--syntax-string)' },
  { tag: [t.number, t.bool, t.null, t.atom], color: 'var(--syntax-number)' },
  { tag: [t.function(t.variableName), t.function(t.propertyName)], color: 'var(--syntax-function)' },
  { tag: [t.typeName, t.className], color: 'var(--syntax-function)' },
  { tag: [t.comment], color: 'var(--syntax-comment)', fontStyle: 'italic' },
  { tag: [t.definition(t.propertyName)], color: 'var(--ink)' },
  { tag: [t.invalid], color: 'var(--bad)' },
]);

/** JSON keys are definitions of properties; in an event they carry the colour of keys. */
const jsonKeys = HighlightStyle.define([{ tag: t.propertyName, color: 'var(--syntax-keyword)' }]);

export const codeTheme: Extension = [look, syntaxHighlighting(colours)];
export const jsonTheme: Extension = [look, syntaxHighlighting(jsonKeys), syntaxHighlighting(colours)];

/** Ctrl+S, or Cmd+S: it saves, and the browser keeps its own dialog. */

import type { CurrentSnippet } from './snippet.svelte';

/** Without a snippet everything is saved by itself. */
export function saveOn(event: KeyboardEvent, snippet: CurrentSnippet | null): void {
  if (event.key.toLowerCase() !== 's' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey)
    return;
  event.preventDefault();
  event.stopPropagation();
  if (!snippet || event.repeat || document.querySelector('dialog[open]')) return;
  if (snippet.state.id === null) snippet.wanted = 'save';
  else void snippet.publish();
}

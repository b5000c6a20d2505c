/** The keys of the page, as its list of keys shows them. */

export interface KeyGroup {
  title: string;
  keys: { does: string; keys: string[] }[];
}

const MAC: Record<string, string> = { Ctrl: '⌘', Alt: '⌥', Shift: '⇧' };

/** How a key combination is written on this computer, part by part. */
export const keyParts = (combination: string, mac: boolean): string[] =>
  combination.split('+').map((part) => (mac ? (MAC[part] ?? part) : part));

export const KEYS: readonly KeyGroup[] = [
  {
    title: 'Running',
    keys: [
      { does: 'Test', keys: ['Ctrl+Enter'] },
      { does: 'Start cold', keys: ['Ctrl+Shift+Enter'] },
      { does: 'Test again, with the same event', keys: ['Ctrl+Alt+Enter'] },
    ],
  },
  {
    title: 'Help with the code',
    keys: [
      { does: 'Complete', keys: ['Ctrl+Space'] },
      { does: 'Parameters of the call', keys: ['Ctrl+Shift+Space'] },
      { does: 'Go to definition', keys: ['F12', 'Ctrl+Click'] },
      { does: 'Next problem', keys: ['F8'] },
      { does: 'List the problems', keys: ['Ctrl+Shift+M'] },
      { does: 'Format the file', keys: ['Shift+Alt+F'] },
    ],
  },
  {
    title: 'Editing',
    keys: [
      { does: 'Comment the lines, or not', keys: ['Ctrl+/'] },
      { does: 'Move the lines', keys: ['Alt+↑', 'Alt+↓'] },
      { does: 'Copy the lines', keys: ['Shift+Alt+↑', 'Shift+Alt+↓'] },
      { does: 'Delete the lines', keys: ['Ctrl+Shift+K'] },
      { does: 'Select the line', keys: ['Ctrl+L'] },
      { does: 'Indent, or less', keys: ['Tab', 'Shift+Tab'] },
      { does: 'Undo, redo', keys: ['Ctrl+Z', 'Ctrl+Y'] },
    ],
  },
  {
    title: 'Several cursors',
    keys: [
      { does: 'Add a cursor', keys: ['Alt+Click'] },
      { does: 'Add one above or below', keys: ['Ctrl+Alt+↑', 'Ctrl+Alt+↓'] },
      { does: 'Add the next same word', keys: ['Ctrl+D'] },
      { does: 'All same words', keys: ['Ctrl+Shift+L'] },
      { does: 'Select a column', keys: ['Shift+Alt+Drag'] },
    ],
  },
  {
    title: 'Search',
    keys: [
      { does: 'Find', keys: ['Ctrl+F'] },
      { does: 'Replace', keys: ['Ctrl+H'] },
      { does: 'Next, previous', keys: ['F3', 'Shift+F3'] },
      { does: 'Go to line', keys: ['Ctrl+G'] },
    ],
  },
  {
    title: 'Files and page',
    keys: [
      { does: 'Save', keys: ['Ctrl+S'] },
      { does: 'Rename a file or folder', keys: ['F2'] },
      { does: 'Close a tab, remove in the tree', keys: ['Delete'] },
      { does: 'Leave an editor', keys: ['Escape', 'Tab'] },
      { does: 'Move the edge between panes', keys: ['←', '→'] },
      { does: 'This list', keys: ['?'] },
    ],
  },
];

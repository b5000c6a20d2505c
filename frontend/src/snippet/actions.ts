/** What can be done with the work beside running it. Each dialog is loaded when it is asked for; others add a line. */

import type { Component } from 'svelte';
import type Icon from '../parts/Icon.svelte';
import type { Workspace } from '../workspace.svelte';

export interface LateAction {
  id: string;
  label: string;
  icon: Parameters<typeof Icon>[1]['name'];
  /** Only for work that is saved. */
  saved: boolean;
  /** Beside the menu too, where there is room. */
  inline: boolean;
  load(): Promise<{ default: Component<{ workspace: Workspace; onclose: () => void }> }>;
}

export const ACTIONS: readonly LateAction[] = [
  {
    id: 'share',
    label: 'Share',
    icon: 'share',
    saved: false,
    inline: true,
    load: () => import('../sharing/ShareDialog.svelte'),
  },
  {
    id: 'versions',
    label: 'Versions',
    icon: 'clock',
    saved: true,
    inline: true,
    load: () => import('./VersionsDialog.svelte'),
  },
  {
    id: 'run-all',
    label: 'Run all events',
    icon: 'again',
    saved: false,
    inline: false,
    load: () => import('./RunAllDialog.svelte'),
  },
  {
    id: 'export',
    label: 'Export',
    icon: 'download',
    saved: false,
    inline: false,
    load: () => import('../exports/ExportDialog.svelte'),
  },
  {
    id: 'open',
    label: 'Open a project',
    icon: 'upload',
    saved: false,
    inline: false,
    load: () => import('../opening/OpenDialog.svelte'),
  },
];

/** Dialogs that the page asks for itself. */
export const OWN_ACTIONS: Record<string, LateAction['load']> = {
  save: () => import('./SaveDialog.svelte'),
  differences: () => import('./ConflictDialog.svelte'),
};

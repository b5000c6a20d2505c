/** What every field of a text is given. */

import type { Place } from './places';
import type { PlanEditor } from './plan_editor.svelte';

export interface TextProperties {
  editor: PlanEditor;
  place: Place;
  label: string;
  value: string;
  onset: (text: string) => void;
}

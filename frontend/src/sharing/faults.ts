/** Where the faults of a link stand. */

import { tick } from 'svelte';
import type { FieldFault } from '../contract';

type Faults = readonly FieldFault[];

const placeOf = ({ field }: FieldFault): string => field.join('/');

/** What LinkFields shows. */
const FIELDS = ['version', 'public', 'expires_in_days'];

/** What is wrong at a field, such as `variables/STAGE`; null where nothing is. */
export const faultAt = (faults: Faults, place: string): string | null =>
  faults
    .filter((fault) => placeOf(fault) === place)
    .map(({ message }) => message)
    .join(' ') || null;

/** Faults that are at no field that the form shows: those of every form, and more. */
export const othersOf = (faults: Faults, more: readonly string[] = []): FieldFault[] =>
  faults.filter((fault) => ![...FIELDS, ...more].includes(placeOf(fault)));

/** Goes to the first field with a fault, which is then read out with it. */
export async function focusFault(form: HTMLElement): Promise<void> {
  await tick();
  form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
}

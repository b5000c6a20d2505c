/** What is wrong with the plan as it was sent last: each fault at its place, until something is changed there. */

import type { FieldFault } from '../contract';
import type { PlanForm } from './form';
import { isWithin, type Place, placeOf } from './places';

export interface PlacedFault {
  place: Place;
  /** The way in words. */
  words: string;
  message: string;
}

export class PlanFaults {
  list = $state.raw<PlacedFault[]>([]);
  /** What cannot be done while they are there. */
  refused = $state('');

  /** What the page found itself comes first; of the service's it stands in place of those at the same place. */
  set(refused: string, form: PlanForm, own: readonly FieldFault[], told: readonly FieldFault[]): void {
    this.refused = refused;
    const mine = own.map((fault) => placed(form, fault));
    const places = new Set(mine.map(({ place }) => place));
    const others = told.map((fault) => placed(form, fault)).filter(({ place }) => !places.has(place));
    this.list = [...mine, ...others];
  }

  at(place: Place): string | null {
    const found = this.list.filter((fault) => fault.place === place);
    return found.length > 0 ? found.map(({ message }) => message).join(' ') : null;
  }

  within(place: Place): number {
    return this.list.filter((fault) => isWithin(fault.place, place)).length;
  }

  /** Something is changed at a place; `whole`: and whatever was in it is gone. */
  clear(place: Place, whole = false): void {
    if (this.list.length === 0) return;
    this.list = this.list.filter(
      (fault) => fault.place !== place && !(whole && isWithin(fault.place, place)),
    );
  }
}

function placed(form: PlanForm, { field, message, line }: FieldFault): PlacedFault {
  return { ...placeOf(form, field), message: line ? `Line ${line}: ${message}` : message };
}

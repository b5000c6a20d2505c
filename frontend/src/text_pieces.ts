/** A text cut at the borders of everything that is said of its parts: colours, matches, places in files. */

import { type TracePart, traceParts } from './trace';

export interface Range {
  from: number;
  to: number;
  /** Names of styles apart by spaces. */
  style: string;
}

/** Ranges in order, none of which overlaps another of its layer. */
export type Layer = readonly Range[];

export interface TextPiece {
  text: string;
  style: string;
}

/** Index of the first range that ends behind an offset. */
function firstBehind(layer: Layer, offset: number): number {
  let [low, high] = [0, layer.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (layer[middle]!.to > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** What lies between two offsets, in pieces of one style each. */
export function textPieces(text: string, from: number, to: number, layers: readonly Layer[]): TextPiece[] {
  const pieces: TextPiece[] = [];
  const next = layers.map((layer) => firstBehind(layer, from));
  let at = from;
  while (at < to) {
    let end = to;
    const styles: string[] = [];
    layers.forEach((layer, index) => {
      let range = layer[next[index]!];
      if (range && range.to <= at) range = layer[(next[index] = next[index]! + 1)];
      if (!range) return;
      if (range.from > at) end = Math.min(end, range.from);
      else {
        end = Math.min(end, range.to);
        styles.push(range.style);
      }
    });
    pieces.push({ text: text.slice(at, end), style: styles.join(' ') });
    at = end;
  }
  return pieces;
}

/** Where a text holds what is searched for, whatever its case. */
export function matchRanges(text: string, search: string): Range[] {
  if (search === '') return [];
  const ranges: Range[] = [];
  const [within, searched] = [text.toLowerCase(), search.toLowerCase()];
  // A few letters change their length with their case; then no offset could be trusted.
  if (within.length !== text.length) return [];
  for (let from = within.indexOf(searched); from >= 0; from = within.indexOf(searched, from)) {
    ranges.push({ from, to: from + searched.length, style: 'match' });
    from += searched.length;
  }
  return ranges;
}

export interface Placed {
  from: number;
  to: number;
  place: NonNullable<TracePart['place']>;
}

/** A text with all that is known of how to draw it. */
export interface RichSource {
  text: string;
  layers: readonly Layer[];
  places: readonly Placed[];
  onplace(place: Placed['place']): void;
}

/** A text in which no place leads anywhere. */
export function plainSource(text: string, layers: readonly Layer[] = []): RichSource {
  return { text, layers, places: [], onplace: () => undefined };
}

/** Every place in one of the submission's files that a text names, line by line. */
export function placesIn(text: string, paths: readonly string[]): Placed[] {
  if (!text.includes('/var/task/')) return [];
  const found: Placed[] = [];
  let at = 0;
  for (const line of text.split('\n')) {
    let within = at;
    for (const part of traceParts(line, paths)) {
      if (part.place) found.push({ from: within, to: within + part.text.length, place: part.place });
      within += part.text.length;
    }
    at += line.length + 1;
  }
  return found;
}

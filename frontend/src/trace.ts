/** Lines of a stack trace that lead into the submission's own files. */

export interface TracePart {
  text: string;
  /** Set where the text is a place in one of the files; line and column count from 1. */
  place: { path: string; line: number; column: number } | null;
}

const PLACE = /(?:file:\/\/)?\/var\/task\/([^\s:()]+):(\d+)(?::(\d+))?/;

/** Where a trace first leads into one of `paths`, or null. */
export function faultyPlace(trace: readonly string[], paths: readonly string[]): TracePart['place'] {
  for (const line of trace) {
    const place = traceParts(line, paths).find((part) => part.place)?.place;
    if (place) return place;
  }
  return null;
}

/** A trace line cut into what leads to one of `paths` and what does not. */
export function traceParts(line: string, paths: readonly string[]): TracePart[] {
  const match = PLACE.exec(line);
  const path = match?.[1];
  if (!match || path === undefined || !paths.includes(path)) return [{ text: line, place: null }];
  const place = { path, line: Number(match[2]), column: Number(match[3] ?? 1) };
  const end = match.index + match[0].length;
  return [
    { text: line.slice(0, match.index), place: null },
    { text: match[0], place },
    { text: line.slice(end), place: null },
  ].filter((part) => part.text !== '');
}

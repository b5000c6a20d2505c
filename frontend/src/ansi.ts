/** Colours in log lines: what ECMA-48's SGR sequences ask for becomes names of styles, and nothing else is obeyed. */

export interface StyledRange {
  /** Offsets into the text without its sequences. */
  from: number;
  to: number;
  /** Names of styles apart by spaces: fg-red, bg-blue, bold, … */
  style: string;
}

export interface StyledText {
  text: string;
  ranges: StyledRange[];
}

const SGR = /\u001b\[([\d;:]*)m/g;
const HUES = ['dim', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'ink'] as const;
type Hue = (typeof HUES)[number];

const SWITCHES: Record<number, string> = { 1: 'bold', 2: 'faint', 3: 'italic', 4: 'underline', 9: 'strike' };
const OFF: Record<number, string[]> = {
  22: ['bold', 'faint'],
  23: ['italic'],
  24: ['underline'],
  29: ['strike'],
};

interface Look {
  fg: Hue | null;
  bg: Hue | null;
  reverse: boolean;
  on: Set<string>;
}

/**
 * The nearest of the page's own colours, each of which can be read in light and dark; the ones that a terminal
 * would show cannot all be read on either ground.
 */
function nearest(red: number, green: number, blue: number): Hue {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread < 40) return most < 160 ? 'dim' : 'ink';
  const strong = [red, green, blue].map((part) => part > most - spread / 2);
  return HUES[Number(strong[0]) + 2 * Number(strong[1]) + 4 * Number(strong[2])] ?? 'ink';
}

function ofPalette(index: number): Hue {
  if (index < 16) return HUES[index % 8]!;
  if (index >= 232) return index < 244 ? 'dim' : 'ink';
  const level = (part: number) => (part === 0 ? 0 : 55 + part * 40);
  const at = index - 16;
  return nearest(level(Math.floor(at / 36)), level(Math.floor(at / 6) % 6), level(at % 6));
}

/** Takes the arguments of 38 and 48 from `codes`; null for a form that is not known. */
function extended(codes: number[]): Hue | null {
  const form = codes.shift();
  if (form === 5) return ofPalette(Math.min(255, codes.shift() ?? 0));
  if (form !== 2) return null;
  const [red = 0, green = 0, blue = 0] = codes.splice(0, 3);
  return nearest(red, green, blue);
}

function obey(look: Look, codes: number[]): void {
  while (codes.length > 0) {
    const code = codes.shift()!;
    if (code === 0) Object.assign(look, { fg: null, bg: null, reverse: false, on: new Set() });
    else if (SWITCHES[code]) look.on.add(SWITCHES[code]);
    else if (OFF[code]) for (const name of OFF[code]) look.on.delete(name);
    else if (code === 7 || code === 27) look.reverse = code === 7;
    else if (code === 38) look.fg = extended(codes);
    else if (code === 48) look.bg = extended(codes);
    else if (code === 39) look.fg = null;
    else if (code === 49) look.bg = null;
    else if ((code >= 30 && code <= 37) || (code >= 90 && code <= 97)) look.fg = HUES[code % 10]!;
    else if ((code >= 40 && code <= 47) || (code >= 100 && code <= 107)) look.bg = HUES[code % 10]!;
  }
}

function styleOf({ fg, bg, reverse, on }: Look): string {
  const names = [...on];
  // Reversed text would stand in the colour of the ground, which may be anything: only the ground is turned.
  if (fg && !reverse) names.push(`fg-${fg}`);
  const ground = reverse ? (fg ?? 'ink') : bg;
  if (ground) names.push(`bg-${ground}`);
  return names.join(' ');
}

/** The text without its colour sequences, and what they ask for. Other sequences stay in the text. */
export function styled(source: string): StyledText {
  if (!source.includes('\u001b[')) return { text: source, ranges: [] };
  const look: Look = { fg: null, bg: null, reverse: false, on: new Set() };
  const ranges: StyledRange[] = [];
  let text = '';
  let end = 0;
  const take = (piece: string) => {
    if (piece === '') return;
    const style = styleOf(look);
    if (style) ranges.push({ from: text.length, to: text.length + piece.length, style });
    text += piece;
  };
  for (const match of source.matchAll(SGR)) {
    take(source.slice(end, match.index));
    end = match.index + match[0].length;
    obey(look, (match[1] ?? '').split(/[;:]/).map(Number));
  }
  take(source.slice(end));
  return { text, ranges };
}

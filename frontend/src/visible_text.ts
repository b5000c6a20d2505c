/** Text as it may be shown: what would act on the screen instead of standing on it is given a visible form. */

export interface Piece {
  text: string;
  /** Set for a stand-in: what it stands for, as U+001B. */
  code: string | null;
}

// Controls but tab and line feed; line and paragraph separators; what turns the writing direction; invisible marks.
const ACTING =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff]/g;

const NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US';
const CONTROLS = NAMES.split(' ');

function standIn(character: string): Piece {
  const value = character.charCodeAt(0);
  const code = `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  if (value === 0x7f) return { text: 'DEL', code };
  return { text: CONTROLS[value] ?? code, code };
}

/** The text cut into plain pieces and stand-ins, in order. */
export function visiblePieces(text: string): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of text.matchAll(ACTING)) {
    if (match.index > end) pieces.push({ text: text.slice(end, match.index), code: null });
    pieces.push(standIn(match[0]));
    end = match.index + match[0].length;
  }
  if (end < text.length || pieces.length === 0) pieces.push({ text: text.slice(end), code: null });
  return pieces;
}

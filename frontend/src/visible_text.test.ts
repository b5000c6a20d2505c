import { describe, expect, it } from 'vitest';
import { visiblePieces } from './visible_text';

const shown = (text: string) =>
  visiblePieces(text)
    .map((piece) => piece.text)
    .join('');

describe('visiblePieces', () => {
  it('leaves ordinary text, tabs and line feeds alone', () => {
    const text = 'a\tb\nc é 漢 👩‍💻';
    expect(visiblePieces(text)).toEqual([{ text, code: null }]);
    expect(visiblePieces('')).toEqual([{ text: '', code: null }]);
  });

  it('shows escape sequences instead of following them', () => {
    expect(visiblePieces('\u001b[31mred')).toEqual([
      { text: 'ESC', code: 'U+001B' },
      { text: '[31mred', code: null },
    ]);
  });

  it('shows carriage return, backspace, NUL and delete', () => {
    expect(shown('a\rb\bc\u0000d\u007f')).toBe('aCRbBScNULdDEL');
  });

  it('shows what would turn the writing direction or hide', () => {
    expect(shown('a\u202eb')).toBe('aU+202Eb');
    expect(shown('a\u200bb\ufeff')).toBe('aU+200BbU+FEFF');
    expect(shown('a\u009bb')).toBe('aU+009Bb');
  });
});

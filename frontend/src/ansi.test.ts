import { describe, expect, it } from 'vitest';
import { styled } from './ansi';

const ESC = '\u001b';
const looks = (source: string) => {
  const { text, ranges } = styled(source);
  return ranges.map(({ from, to, style }) => [text.slice(from, to), style]);
};

describe('styled', () => {
  it('leaves a text without sequences as it is', () => {
    expect(styled('plain [31m')).toEqual({ text: 'plain [31m', ranges: [] });
  });

  it('takes colours and switches out of the text and names them', () => {
    const line = `a ${ESC}[31mred${ESC}[0m b ${ESC}[1;4;92mgreen${ESC}[22m still${ESC}[39;24m c`;
    expect(styled(line).text).toBe('a red b green still c');
    expect(looks(line)).toEqual([
      ['red', 'fg-red'],
      ['green', 'bold underline fg-green'],
      [' still', 'underline fg-green'],
    ]);
  });

  it('knows grounds and their end', () => {
    expect(looks(`${ESC}[33;44mx${ESC}[49my`)).toEqual([
      ['x', 'fg-yellow bg-blue'],
      ['y', 'fg-yellow'],
    ]);
    expect(looks(`${ESC}[7;31mx${ESC}[27my`)).toEqual([
      ['x', 'bg-red'],
      ['y', 'fg-red'],
    ]);
  });

  it.each([
    ['38;5;196', 'fg-red'],
    ['38;5;46', 'fg-green'],
    ['38;5;240', 'fg-dim'],
    ['38;5;12', 'fg-blue'],
    ['38;2;255;140;0', 'fg-yellow'],
    ['38:2:0:200:200', 'fg-cyan'],
    ['38;2;250;250;250', 'fg-ink'],
    ['48;5;201', 'bg-magenta'],
  ])('takes the page’s nearest colour for %s', (codes, style) => {
    expect(looks(`${ESC}[${codes}mx`)).toEqual([['x', style]]);
  });

  it('obeys nothing but colours, and hides nothing', () => {
    const others = `a${ESC}[2Jb${ESC}[10;10Hc${ESC}]8;;https://example.org${ESC}\\d`;
    expect(styled(others)).toEqual({ text: others, ranges: [] });
    expect(styled(`${ESC}[8mhidden`)).toEqual({ text: 'hidden', ranges: [] });
    expect(styled(`${ESC}[38;9;9mx${ESC}[999mx${ESC}[mx`).text).toBe('xxx');
  });
});

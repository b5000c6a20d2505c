import { describe, expect, it } from 'vitest';
import { LIMITS as limits } from '../limits_for_tests';
import { environmentBytes, toEnvironment, variableFaults, type VariableRow } from './variables';

const rows = (...pairs: [string, string][]): VariableRow[] =>
  pairs.map(([key, value], id) => ({ id, key, value }));

const faultOf = (key: string) => variableFaults(rows([key, 'x']), limits).get(0);

describe('variableFaults', () => {
  it.each(['AB', 'RECEIPT_BUCKET', 'a1', 'Z_'])('accepts %s', (key) => expect(faultOf(key)).toBeUndefined());

  it.each(['A', '1A', '_A', 'A-B', 'A B', 'Ä1', 'A.B'])('refuses %s', (key) =>
    expect(faultOf(key)).toMatch(/starts with a letter/),
  );

  it('names a reserved variable', () => {
    expect(faultOf('AWS_REGION')).toBe('AWS_REGION is reserved by Lambda and cannot be set.');
    expect(faultOf('_HANDLER')).toMatch(/reserved/);
  });

  it('marks the second of two equal names', () => {
    const faults = variableFaults(rows(['AB', '1'], ['AB', '2']), limits);
    expect([...faults.keys()]).toEqual([1]);
  });

  it('wants a name for a value, and says nothing about a blank row', () => {
    const faults = variableFaults(rows(['', 'x'], ['', '']), limits);
    expect([...faults.keys()]).toEqual([0]);
  });
});

describe('toEnvironment', () => {
  it('leaves blank rows out and keeps empty values', () => {
    expect(toEnvironment(rows(['AB', ''], ['', '']))).toEqual({ AB: '' });
  });

  it('keeps names that mean something to JavaScript objects', () => {
    expect(JSON.stringify(toEnvironment(rows(['__proto__', 'x'])))).toBe('{"__proto__":"x"}');
  });
});

describe('environmentBytes', () => {
  it('counts bytes of JSON, not characters', () => {
    expect(environmentBytes(rows(['AB', 'x']))).toBe(10);
    expect(environmentBytes(rows(['AB', 'ü']))).toBe(11);
    expect(environmentBytes(rows(['', '']))).toBe(0);
  });
});

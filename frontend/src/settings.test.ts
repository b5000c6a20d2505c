import { describe, expect, it } from 'vitest';
import { LIMITS as limits } from './limits_for_tests';
import { handlerFault, MEMORY_STOPS, memoryFault, stopIndex, timeoutFault, wholeNumber } from './settings';

describe('settings', () => {
  it('takes whole numbers only', () => {
    expect(['128', ' 3 ', '', '1.5', '-1', '1e3', 'abc'].map(wholeNumber)).toEqual([
      128,
      3,
      null,
      null,
      null,
      null,
      null,
    ]);
  });

  it('holds memory and timeout to their limits', () => {
    expect(memoryFault('128', limits)).toBeNull();
    expect(memoryFault('10240', limits)).toBeNull();
    expect(memoryFault('127', limits)).toBe('Memory is a whole number from 128 to 10,240 MB.');
    expect(timeoutFault('901', limits)).toBe('Timeout is a whole number from 1 to 900 s.');
    expect(timeoutFault('900', limits)).toBeNull();
  });

  it('wants a handler without spaces, 128 characters at most', () => {
    expect(handlerFault('src/app.handler', limits)).toBeNull();
    expect(handlerFault('', limits)).not.toBeNull();
    expect(handlerFault('index. handler', limits)).not.toBeNull();
    expect(handlerFault('x'.repeat(129), limits)).not.toBeNull();
  });

  it('puts a slider at or below the value', () => {
    expect(stopIndex(MEMORY_STOPS, 128)).toBe(0);
    expect(stopIndex(MEMORY_STOPS, 300)).toBe(1);
    expect(stopIndex(MEMORY_STOPS, 10240)).toBe(MEMORY_STOPS.length - 1);
    expect(stopIndex(MEMORY_STOPS, null)).toBe(0);
  });
});

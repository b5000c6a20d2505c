import { describe, expect, it } from 'vitest';
import type { LogEvent } from './contract';
import { logColumns } from './log_line';

const line = (text: string, more: Partial<LogEvent> = {}): LogEvent => ({
  seq: 1,
  time: '2026-01-01T12:00:00.500Z',
  type: 'log',
  stream: 'stdout',
  level: null,
  text,
  ...more,
});

describe('logColumns', () => {
  it('takes time, level and message from a line of the runtime', () => {
    expect(logColumns(line('2026-01-01T12:04:31.118Z\tID\tWARN\tprice\tabove\nlimit'))).toEqual({
      clock: '12:04:31.118',
      level: 'WARN',
      tone: 'warn',
      text: 'price\tabove\nlimit',
    });
  });

  it('keeps a line without a message', () => {
    expect(logColumns(line('2026-01-01T12:04:31.118Z\tID\tINFO\t')).text).toBe('');
  });

  it.each(['START RequestId: 1 Version: $LATEST', '{"level":"INFO"}', '2026-01-01\tID\tINFO\tx', ''])(
    'shows %j whole, at the time it came',
    (text) =>
      expect(logColumns(line(text))).toEqual({ clock: '12:00:00.500', level: '', tone: 'plain', text }),
  );

  it('names standard error, and a level that the service knows', () => {
    expect(logColumns(line('x', { stream: 'stderr' })).level).toBe('stderr');
    expect(logColumns(line('{}', { level: 'error' })).tone).toBe('error');
  });
});

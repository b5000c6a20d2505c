/** A function's log line in columns, as the Node.js runtime writes it: time TAB request id TAB level TAB text. */

import type { LogEvent } from './contract';

export interface LogColumns {
  /** Time of day in UTC with milliseconds, as 12:04:31.118. */
  clock: string;
  /** As the line says it, or the stream for what came past the console. */
  level: string;
  tone: 'plain' | 'info' | 'warn' | 'error';
  text: string;
}

const RUNTIME_LINE =
  /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)\t([^\t\n]*)\t(TRACE|DEBUG|INFO|WARN|ERROR|FATAL)\t?([^]*)$/;

const TONES: Record<string, LogColumns['tone']> = {
  INFO: 'info',
  WARN: 'warn',
  ERROR: 'error',
  FATAL: 'error',
};

const clockOf = (iso: string) => iso.slice(11, 23);

/** The columns of a line that is not the platform's. A line in another form keeps its whole text. */
export function logColumns(line: LogEvent): LogColumns {
  const match = RUNTIME_LINE.exec(line.text);
  if (match) {
    const [, time = '', , level = '', text = ''] = match;
    return { clock: clockOf(time), level, tone: TONES[level] ?? 'plain', text };
  }
  const level = line.level?.toUpperCase() ?? (line.stream === 'stderr' ? 'stderr' : '');
  return { clock: clockOf(line.time), level, tone: TONES[level] ?? 'plain', text: line.text };
}

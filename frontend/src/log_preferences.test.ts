import { expect, it } from 'vitest';
import { parsePreferences } from './log_preferences';

it('reads what was kept, and takes everything else for on', () => {
  expect(parsePreferences('{"times":false,"wrap":true}')).toEqual({ times: false, wrap: true });
  expect(parsePreferences('{"wrap":false}')).toEqual({ times: true, wrap: false });
  for (const text of [null, '', 'null', 'nope', '[]', '{"times":1}']) {
    expect(parsePreferences(text)).toEqual({ times: true, wrap: true });
  }
});

import { describe, expect, test } from 'vitest';
import { exportedFunction, exportFaults, openVariables } from './exported_function';
import { LIMITS } from '../limits_for_tests';
import { draft, exported } from './sample';

describe('what goes along', () => {
  const environment = [
    { key: 'CURRENCY', value: 'EUR' },
    { key: 'API_KEY', value: 'geheim' },
    { key: '', value: '' },
  ];

  test('is every name, and a value only where it does not look secret', () => {
    const { variables, withheld } = exported({ environment });
    expect(variables).toEqual([{ key: 'CURRENCY', value: 'EUR' }]);
    expect(withheld).toEqual(['API_KEY']);
    expect(openVariables(draft({ environment }))).toEqual(['CURRENCY']);
  });

  test('is what somebody ticks', () => {
    const made = exportedFunction(draft({ environment }), 'hello', ['API_KEY']);
    expect(made.variables).toEqual([{ key: 'API_KEY', value: 'geheim' }]);
    expect(made.withheld).toEqual(['CURRENCY']);
  });

  test('can be written to a file: half a surrogate pair cannot', () => {
    const { files, variables, events } = exported({
      files: [{ path: 'a.js', text: 'a\ud800b' }],
      environment: [{ key: 'HALF', value: '\udc00' }],
      events: [{ name: 'event', text: '"\ud800"', template: null }],
    });
    expect([files[0]!.text, variables[0]!.value, events[0]!.text]).toEqual([
      'a\ufffdb',
      '\ufffd',
      '"\ufffd"',
    ]);
  });
});

test('what Lambda would refuse is said before anything is exported', () => {
  expect(exportFaults(draft(), LIMITS)).toEqual([]);
  const faults = exportFaults(
    draft({ handler: '', memory: '1', timeout: 'soon', environment: [{ key: 'AWS_REGION', value: 'x' }] }),
    LIMITS,
  );
  expect(faults).toHaveLength(4);
  expect(faults.join(' ')).toContain('AWS_REGION is reserved');
});

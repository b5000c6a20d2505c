import { expect, test } from 'vitest';
import { LIMITS } from '../limits_for_tests';
import { exportFaults, openVariables, withoutOthers } from './exportable';
import { draft } from './sample';

const environment = [
  { key: 'CURRENCY', value: 'EUR' },
  { key: 'API_KEY', value: 'geheim' },
  { key: '', value: '' },
];

test('a value goes along where it does not look secret, unless somebody says otherwise', () => {
  expect(openVariables(draft({ environment }))).toEqual(['CURRENCY']);
  expect(withoutOthers(draft({ environment }), ['API_KEY'])).toEqual([
    { key: 'CURRENCY', value: '' },
    { key: 'API_KEY', value: 'geheim' },
    { key: '', value: '' },
  ]);
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

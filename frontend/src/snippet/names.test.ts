import { expect, test } from 'vitest';
import { FIRST } from '../examples/first';
import { freeName, nameFault, suggestedName } from './names';

test('a name is what Lambda takes', () => {
  expect(nameFault('my-function_2')).toBe(null);
  expect(nameFault('')).toMatch('Give');
  expect(nameFault('no good')).toMatch('letters');
  expect(nameFault('a'.repeat(65))).toMatch('64');
});

test('package.json suggests a name', () => {
  const withPackage = (text: string) => ({ ...FIRST.draft, files: [{ path: 'package.json', text }] });
  expect(suggestedName(withPackage('{"name": "@shop/order total"}'))).toBe('shop-order-total');
  expect(suggestedName(withPackage('{"na'))).toBe('my-function');
  expect(suggestedName(withPackage('{"name": "@"}'))).toBe('my-function');
  expect(suggestedName(FIRST.draft)).toBe('my-function');
});

test('a name that is taken gets a number', () => {
  expect(freeName('a', ['b'])).toBe('a');
  expect(freeName('a', ['a', 'a-2'])).toBe('a-3');
  expect(freeName('a'.repeat(64), ['a'.repeat(64)])).toBe(`${'a'.repeat(62)}-2`);
});

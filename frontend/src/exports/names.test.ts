import { expect, test } from 'vitest';
import { eventFiles, LogicalIds, stackName } from './names';

const pathsOf = (...names: string[]) =>
  eventFiles(names.map((name) => ({ name, text: '{}' }))).map(({ path }) => path);

test('every event has a file of its own, whatever its name', () => {
  expect(pathsOf('event', 'Event', '../../etc/passwd', 'a b', 'a/b', '', '-rf', 'CON', 'ü')).toEqual([
    'events/event.json',
    'events/Event-2.json',
    'events/etc-passwd.json',
    'events/a-b.json',
    'events/a-b-2.json',
    'events/event-3.json',
    'events/rf.json',
    'events/event-CON.json',
    'events/event-4.json',
  ]);
});

test('a number behind a name does not make it another’s', () => {
  expect(pathsOf('a', 'a-2', 'a')).toEqual(['events/a.json', 'events/a-2.json', 'events/a-3.json']);
});

test.each([
  ['api-router', 'ApiRouterFunction'],
  ['order_receipt', 'OrderReceiptFunction'],
  ['myFunction', 'MyFunction'],
  ['404', 'My404Function'],
  ['--', 'MyFunction'],
])('the logical id of %s is %s', (name, id) => {
  expect(new LogicalIds().of(name, 'Function')).toBe(id);
});

test('no logical id is given twice', () => {
  const ids = new LogicalIds(['CodeKey']);
  expect([ids.of('CODE_KEY'), ids.of('DB_URL'), ids.of('DbUrl'), ids.of('db-url')]).toEqual([
    'CodeKey2',
    'DbUrl',
    'DbUrl2',
    'DbUrl3',
  ]);
});

test('no logical id is a truth value of YAML', () => {
  expect(['ON', 'no', 'Null'].map((name) => new LogicalIds().of(name))).toEqual([
    'OnValue',
    'NoValue',
    'NullValue',
  ]);
});

test.each([
  ['order_receipt', 'order-receipt'],
  ['404', 'function-404'],
  ['_', 'function'],
])('the stack of %s is %s', (name, stack) => {
  expect(stackName(name)).toBe(stack);
});

import { describe, expect, it } from 'vitest';
import { changes, defaultValues, eventText, fieldFault, filledIn } from './fill_in';
import { TEMPLATES } from './templates';
import { choice, json, number } from './templates/template';

const sqs = TEMPLATES.find(({ id }) => id === 'sqs')!;
const url = TEMPLATES.find(({ id }) => id === 'function-url')!;

describe('filledIn', () => {
  it('without other work makes what a new event would have', () => {
    for (const template of TEMPLATES) {
      const before = defaultValues(template);
      for (const field of template.fields.filter(({ kind }) => kind !== 'choice')) {
        const after = { ...before, [field.name]: field.kind === 'json' ? '{"other": [1]}' : 'other' };
        const text = filledIn(eventText(template, before), template, before, after);
        expect(JSON.parse(text), `${template.id} ${field.name}`).toEqual(
          JSON.parse(eventText(template, after)),
        );
      }
    }
  });

  it('leaves everything else as it was typed, digit by digit', () => {
    const before = defaultValues(url);
    const worked = eventText(url, before).replace(
      '"isBase64Encoded": false',
      '"mine":   12345678901234567890.0',
    );
    const text = filledIn(worked, url, before, { ...before, body: '{"quoted": "ü"}' });
    expect(text).toContain('"mine":   12345678901234567890.0');
    expect(text).toContain(String.raw`"body": "{\"quoted\": \"ü\"}"`);
    expect(JSON.parse(text).headers['content-length']).toBe('16');
    expect(text).not.toContain('isBase64Encoded');
  });

  it('adds and takes away records, and keeps what was put into one', () => {
    const one = { queue: 'q', messages: 'a' };
    const three = { queue: 'q', messages: 'a\nb\nc' };
    const worked = eventText(sqs, one).replace('"messageAttributes": {}', '"messageAttributes": {"mine": 1}');
    const grown = filledIn(worked, sqs, one, three);
    expect(JSON.parse(grown).Records.map((record: { body: string }) => record.body)).toEqual(['a', 'b', 'c']);
    expect(JSON.parse(grown).Records[0].messageAttributes).toEqual({ mine: 1 });
    const shrunk = filledIn(grown, sqs, three, { queue: 'q', messages: 'z' });
    expect(JSON.parse(shrunk).Records).toHaveLength(1);
    expect(JSON.parse(shrunk).Records[0]).toMatchObject({ body: 'z', messageAttributes: { mine: 1 } });
  });

  it('leaves alone what has another shape now', () => {
    const before = { queue: 'q', messages: 'a' };
    expect(filledIn('{"Records": "mine"}', sqs, before, { queue: 'p', messages: 'a' })).toBe(
      '{"Records": "mine"}',
    );
  });
});

describe('changes', () => {
  it('tells the smallest places', () => {
    expect(changes({ a: { b: 1, c: 2 }, d: 1 }, { a: { b: 1, c: 3 }, e: null })).toEqual([
      { path: ['a', 'c'], value: 3 },
      { path: ['d'] },
      { path: ['e'], value: null },
    ]);
  });

  it('takes from a list at its end', () => {
    expect(changes([1, 2, 3], [1])).toEqual([{ path: [2] }, { path: [1] }]);
    expect(changes([1], [2, 3])).toEqual([
      { path: [0], value: 2 },
      { path: [1], value: 3 },
    ]);
  });

  it('tells a value that became something else', () => {
    expect(changes({ a: [1] }, { a: { b: 1 } })).toEqual([{ path: ['a'], value: { b: 1 } }]);
    expect(changes(null, {})).toEqual([{ path: [], value: {} }]);
  });
});

describe('fieldFault', () => {
  it('names line and column in JSON', () => {
    expect(fieldFault(json('detail', 'Detail', {}), '{\n"a": }')).toBe(
      'Line 2, column 6: a value is expected here',
    );
    expect(fieldFault(json('detail', 'Detail', {}), '[]')).toBeNull();
  });

  it('wants whole numbers and known choices', () => {
    expect(fieldFault(number('n', 'Count', 1), '1.5')).toMatch(/Count is a whole number/);
    expect(fieldFault(choice('c', 'Choice', ['a', 'b']), 'c')).toMatch(/Choose/);
    expect(fieldFault(choice('c', 'Choice', ['a', 'b']), 'b')).toBeNull();
  });
});

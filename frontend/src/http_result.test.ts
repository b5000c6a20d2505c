import { describe, expect, it } from 'vitest';
import { bodyOf, returnedHttp, streamedHttp } from './http_result';

const NULS = '\0'.repeat(8);

describe('streamedHttp', () => {
  it('tells status, headers and cookies from the body', () => {
    const prelude = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-Count': 3 },
      cookies: ['a=b', 'c=d; Secure'],
    };
    expect(streamedHttp(`${JSON.stringify(prelude)}${NULS}<p>Hello</p>`)).toEqual({
      prelude: JSON.stringify(prelude),
      status: '201',
      headers: [
        ['Content-Type', 'text/html'],
        ['X-Count', '3'],
        ['Set-Cookie', 'a=b'],
        ['Set-Cookie', 'c=d; Secure'],
      ],
      body: '<p>Hello</p>',
      base64: false,
    });
  });

  it('has an empty body until the first chunk of it', () => {
    expect(streamedHttp(`{"statusCode":204}${NULS}`)).toMatchObject({ status: '204', headers: [], body: '' });
  });

  it('takes what a function wrongly put there as it is', () => {
    expect(streamedHttp(`{"headers":"none","cookies":{},"statusCode":[1]}${NULS}x`)).toMatchObject({
      status: '[1]',
      headers: [],
      body: 'x',
    });
    expect(streamedHttp(`{}${NULS}x`)).toMatchObject({ status: null, headers: [], body: 'x' });
  });

  it.each([
    '',
    'plain text',
    '{"statusCode":200}',
    `{"statusCode":200}${'\0'.repeat(7)}`,
    `{"statusCode":${NULS}`,
    `[200]${NULS}`,
    `text${NULS}{"statusCode":200}${NULS}`,
  ])('finds no prelude in %j', (text) => expect(streamedHttp(text)).toBeNull());
});

describe('returnedHttp', () => {
  it('tells the parts of what a handler returns to API Gateway', () => {
    const response = {
      statusCode: 404,
      headers: { 'content-type': 'text/plain', 'X-One': 1 },
      multiValueHeaders: { 'x-one': ['a', 'b'] },
      cookies: ['a=b'],
      body: 'not here',
    };
    expect(returnedHttp(JSON.stringify(response))).toEqual({
      prelude: null,
      status: '404',
      headers: [
        ['content-type', 'text/plain'],
        ['x-one', 'a'],
        ['x-one', 'b'],
        ['Set-Cookie', 'a=b'],
      ],
      body: 'not here',
      base64: false,
    });
    expect(returnedHttp('{"statusCode":"204"}')).toMatchObject({ status: '204', body: '', headers: [] });
  });

  it.each([
    '',
    '"statusCode"',
    '[{"statusCode":200}]',
    '{"statusCode":7}',
    '{"statusCode":"ok"}',
    '{"a":{"statusCode":200}}',
    '{"statusCode":200',
  ])('takes %j for no HTTP response', (text) => expect(returnedHttp(text)).toBeNull());
});

describe('bodyOf', () => {
  const of = (type: string, body: string, base64 = false) =>
    bodyOf({ prelude: null, status: '200', headers: [['Content-Type', type]], body, base64 });

  it.each([
    ['text/html; charset=utf-8', '<p>grün</p>', false, { kind: 'html', content: '<p>grün</p>', size: 12 }],
    ['text/html', 'PHA+', true, { kind: 'html', content: '<p>', size: 3 }],
    ['IMAGE/PNG', 'iVBO', true, { kind: 'image', type: 'image/png', content: 'iVBO', size: 3 }],
    ['image/svg+xml', '<svg/>', false, { kind: 'image', content: btoa('<svg/>') }],
    ['application/pdf', 'AAEC', true, { kind: 'binary', content: 'AAEC', size: 3 }],
    ['application/problem+json', 'e30=', true, { kind: 'text', content: '{}' }],
    ['application/json', '{"a":1}', false, { kind: 'text', content: '{"a":1}', size: 7 }],
    ['', 'AAEC', true, { kind: 'text' }],
    ['image/png"><script>', 'x', false, { kind: 'text' }],
    ['text/plain', 'not base64!', true, { kind: 'text', content: 'not base64!' }],
  ])('of %s', (type, body, base64, told) => expect(of(type, body, base64)).toMatchObject(told));
});

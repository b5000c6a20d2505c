import { describe, expect, it } from 'vitest';
import { httpResponse } from './http_prelude';

const NULS = '\0'.repeat(8);

describe('httpResponse', () => {
  it('tells status, headers and cookies from the body', () => {
    const prelude = {
      statusCode: 201,
      headers: { 'Content-Type': 'text/html', 'X-Count': 3 },
      cookies: ['a=b', 'c=d; Secure'],
    };
    expect(httpResponse(`${JSON.stringify(prelude)}${NULS}<p>Hello</p>`)).toEqual({
      prelude: JSON.stringify(prelude),
      status: '201',
      headers: [
        ['Content-Type', 'text/html'],
        ['X-Count', '3'],
        ['Set-Cookie', 'a=b'],
        ['Set-Cookie', 'c=d; Secure'],
      ],
      body: '<p>Hello</p>',
    });
  });

  it('has an empty body until the first chunk of it', () => {
    expect(httpResponse(`{"statusCode":204}${NULS}`)).toMatchObject({ status: '204', headers: [], body: '' });
  });

  it('takes what a function wrongly put there as it is', () => {
    expect(httpResponse(`{"headers":"none","cookies":{},"statusCode":[1]}${NULS}x`)).toMatchObject({
      status: '[1]',
      headers: [],
      body: 'x',
    });
    expect(httpResponse(`{}${NULS}x`)).toMatchObject({ status: null, headers: [], body: 'x' });
  });

  it.each([
    '',
    'plain text',
    '{"statusCode":200}',
    `{"statusCode":200}${'\0'.repeat(7)}`,
    `{"statusCode":${NULS}`,
    `[200]${NULS}`,
    `text${NULS}{"statusCode":200}${NULS}`,
  ])('finds no prelude in %j', (text) => expect(httpResponse(text)).toBeNull());
});

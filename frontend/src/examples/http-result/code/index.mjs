const escaped = (text) => text.replace(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);

// The event is that of a function URL. Its fields can be filled in again: see the buttons above it.
export const handler = async (event) => {
  const { method, path } = event.requestContext.http;
  if (method !== 'GET') {
    return { statusCode: 405, headers: { Allow: 'GET' }, body: `${method} is not allowed` };
  }

  const name = event.queryStringParameters?.name ?? 'world';
  return {
    statusCode: 200,
    headers: { 'Content-Type': 'text/html; charset=utf-8', 'Cache-Control': 'no-store' },
    cookies: ['visits=1; Secure; HttpOnly'],
    // What comes from outside is escaped before it goes into a page.
    body: `<!doctype html><h1>Hello, ${escaped(name)}!</h1><p>You asked for ${escaped(path)}.</p>`,
  };
};

import { ROUTES } from './routes.mjs';

const json = (statusCode, value) => ({
  statusCode,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(value),
});

export const handler = async (event) => {
  const { method, path } = event.requestContext.http;

  for (const route of ROUTES) {
    const match = route.method === method && route.path.exec(path);
    if (!match) continue;
    try {
      const body = event.body && JSON.parse(event.body);
      const [statusCode, value] = route.answer({ ...match.groups, body, query: event.queryStringParameters });
      return json(statusCode, value);
    } catch (error) {
      if (error instanceof SyntaxError) return json(400, { message: 'The body is not JSON' });
      // Callers are not told what went wrong inside; the log is.
      console.error(error);
      return json(500, { message: 'Something went wrong' });
    }
  }
  return json(404, { message: `There is no ${method} ${path}` });
};

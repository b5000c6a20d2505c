/** Events of API Gateway, in the shapes that REST and HTTP APIs send. */

import { capitalised, HTTP_FIELDS, mappedOrNull, parametersOf, requestOf } from './http_request';
import { line, type Template, type Values } from './template';
import { ACCOUNT, REGION, REQUEST_ID, SOURCE_IP, TIME_CLF, TIME_MS, USER_AGENT } from './values';

const API_ID = 'abcdef1234';
const HOST = `${API_ID}.execute-api.${REGION}.amazonaws.com`;

const IDENTITY = {
  accessKey: null,
  accountId: null,
  apiKey: null,
  apiKeyId: null,
  caller: null,
  clientCert: null,
  cognitoAuthenticationProvider: null,
  cognitoAuthenticationType: null,
  cognitoIdentityId: null,
  cognitoIdentityPoolId: null,
  principalOrgId: null,
  sourceIp: SOURCE_IP,
  user: null,
  userAgent: USER_AGENT,
  userArn: null,
};

/** What payload format 1.0 and REST APIs have in common. `resource` is the route that took the request. */
function proxyEvent(
  values: Values,
  resource: string,
  stage: string,
  pathBefore: string,
  authorizer: Record<string, null> | null,
) {
  const { method, path, query, headers, body } = requestOf(values, HOST);
  const parameters = parametersOf(query);
  const named = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [capitalised(name), value]),
  );
  return {
    resource,
    path,
    httpMethod: method,
    headers: named,
    multiValueHeaders: mappedOrNull(named, (value) => [value]),
    queryStringParameters: mappedOrNull(parameters, (all) => all.at(-1)!),
    multiValueQueryStringParameters: mappedOrNull(parameters, (all) => all),
    pathParameters: resource === '/{proxy+}' ? { proxy: path.slice(1) } : null,
    stageVariables: null,
    requestContext: {
      accountId: ACCOUNT,
      apiId: API_ID,
      authorizer,
      domainName: HOST,
      domainPrefix: API_ID,
      extendedRequestId: 'example-request-id=',
      httpMethod: method,
      identity: IDENTITY,
      path: pathBefore + path,
      protocol: 'HTTP/1.1',
      requestId: REQUEST_ID,
      requestTime: TIME_CLF,
      requestTimeEpoch: TIME_MS,
      resourceId: 'ab12cd',
      resourcePath: resource,
      stage,
    },
    body,
    isBase64Encoded: false,
  };
}

export const restApi: Template = {
  id: 'api-gateway-rest',
  title: 'API Gateway REST API',
  about:
    'A request through a proxy integration. Parameters are told singly and with all their values; the stage stands before the path in the request context alone.',
  fields: [...HTTP_FIELDS, line('stage', 'Stage', 'prod')],
  event(values) {
    const resource = values.path === '/' || values.path === '' ? '/' : '/{proxy+}';
    return proxyEvent(values, resource, values.stage!, `/${values.stage}`, null);
  },
};

export const httpApiV1: Template = {
  id: 'api-gateway-http-v1',
  title: 'API Gateway HTTP API, payload 1.0',
  about: 'A request through an HTTP API whose integration asks for the format of REST APIs.',
  fields: HTTP_FIELDS,
  event(values) {
    const { path } = requestOf(values, HOST);
    return { version: '1.0', ...proxyEvent(values, path, '$default', '', { claims: null, scopes: null }) };
  },
};

/** Payload format 2.0, which function URLs send too. */
export function payloadV2(values: Values, host: string, account: string): Record<string, unknown> {
  const { method, path, query, headers, body } = requestOf(values, host);
  const parameters = mappedOrNull(parametersOf(query), (all) => all.join(','));
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    headers,
    ...(parameters !== null && { queryStringParameters: parameters }),
    requestContext: {
      accountId: account,
      apiId: host.split('.')[0],
      domainName: host,
      domainPrefix: host.split('.')[0],
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: SOURCE_IP, userAgent: USER_AGENT },
      requestId: REQUEST_ID,
      routeKey: '$default',
      stage: '$default',
      time: TIME_CLF,
      timeEpoch: TIME_MS,
    },
    ...(body !== null && { body }),
    isBase64Encoded: false,
  };
}

export const httpApiV2: Template = {
  id: 'api-gateway-http-v2',
  title: 'API Gateway HTTP API, payload 2.0',
  about:
    'A request through an HTTP API. Header names are in lower case, and the values of a parameter that comes twice are joined by a comma.',
  fields: HTTP_FIELDS,
  event: (values) => payloadV2(values, HOST, ACCOUNT),
};

export const functionUrl: Template = {
  id: 'function-url',
  title: 'Function URL',
  about: 'A request to the function’s own address, open to everybody: the account is “anonymous”.',
  fields: HTTP_FIELDS,
  event: (values) =>
    payloadV2(values, `abcdefghijklmnopqrstuvwxyz012345.lambda-url.${REGION}.on.aws`, 'anonymous'),
};

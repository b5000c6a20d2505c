/** Events of an Application Load Balancer. */

import { HTTP_FIELDS, requestOf } from './http_request';
import type { Template } from './template';
import { arn } from './values';

/** Unlike API Gateway, a load balancer leaves parameters encoded as they were sent; the last of two wins. */
function rawParameters(query: string): Record<string, string> {
  const pairs = query.split('&').filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, ...value] = pair.split('=');
      return [name!, value.join('=')];
    }),
  );
}

export const loadBalancer: Template = {
  id: 'alb',
  title: 'Application Load Balancer',
  about: 'A request to a target group with the function as its target. Parameters stay percent-encoded.',
  fields: HTTP_FIELDS,
  event(values) {
    const { method, path, query, headers, body } = requestOf(values, 'www.example.com');
    const group = 'targetgroup/lambda-target/0123456789abcdef';
    return {
      requestContext: { elb: { targetGroupArn: arn('elasticloadbalancing', group) } },
      httpMethod: method,
      path,
      queryStringParameters: rawParameters(query),
      headers,
      body: body ?? '',
      isBase64Encoded: false,
    };
  },
};

/** Events of a Cognito user pool. */

import { choice, line, type Template } from './template';
import { REGION } from './values';

/** By trigger: what the request has beside the user's attributes, and the response to fill in. */
const TRIGGERS: Record<string, { request: object; response: object }> = {
  PreSignUp_SignUp: {
    request: { validationData: {} },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  },
  PostConfirmation_ConfirmSignUp: { request: {}, response: {} },
  PreAuthentication_Authentication: { request: { validationData: {}, userNotFound: false }, response: {} },
  PostAuthentication_Authentication: { request: { newDeviceUsed: true }, response: {} },
  TokenGeneration_Authentication: {
    request: { groupConfiguration: { groupsToOverride: ['customers'], iamRolesToOverride: [] } },
    response: { claimsOverrideDetails: null },
  },
};

export const cognito: Template = {
  id: 'cognito',
  title: 'Cognito user pool',
  about: 'A step of signing up or in. The function answers with the whole event, its response filled in.',
  fields: [
    choice('trigger', 'Trigger', Object.keys(TRIGGERS)),
    line('user', 'User name', 'ada'),
    line('email', 'Email', 'ada@example.com'),
  ],
  event({ trigger, user, email }) {
    const { request, response } = TRIGGERS[trigger!]!;
    const known = trigger !== 'PreSignUp_SignUp';
    return {
      version: '1',
      region: REGION,
      userPoolId: `${REGION}_EXAMPLE01`,
      userName: user,
      callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'exampleclientid0123456789' },
      triggerSource: trigger,
      request: {
        userAttributes: {
          ...(known && {
            sub: '11111111-2222-3333-4444-555555555555',
            'cognito:user_status': 'CONFIRMED',
            email_verified: 'true',
          }),
          email,
        },
        ...request,
      },
      response,
    };
  },
};

/** AWS STS, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const sts: GeneratedService = {
  name: 'sts',
  title: 'Sts',
  fullName: 'AWS STS',
  sdkPackage: '@aws-sdk/client-sts',
  model: 'sts/2011-06-15',
  operations: [
    'AssumeRole',
    'AssumeRoleWithWebIdentity',
    'DecodeAuthorizationMessage',
    'GetAccessKeyInfo',
    'GetCallerIdentity',
    'GetFederationToken',
    'GetSessionToken',
  ],
};

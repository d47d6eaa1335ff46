/** AWS Lambda, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';
import { lambdaOverlay } from '../lambda-overlay.ts';

export const lambda: GeneratedService = {
  name: 'lambda',
  title: 'Lambda',
  fullName: 'AWS Lambda',
  sdkPackage: '@aws-sdk/client-lambda',
  model: 'lambda/2015-03-31',
  overlay: lambdaOverlay,
};

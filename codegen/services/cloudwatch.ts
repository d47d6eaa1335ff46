/** Amazon CloudWatch, as the generator reads it. */
import type { GeneratedService } from '../generated-service.ts';

export const cloudwatch: GeneratedService = {
  name: 'cloudwatch',
  signingName: 'monitoring',
  title: 'CloudWatch',
  fullName: 'Amazon CloudWatch',
  sdkPackage: '@aws-sdk/client-cloudwatch',
  model: 'cloudwatch/2010-08-01',
  operations: ['GetMetricData', 'GetMetricStatistics', 'ListMetrics', 'PutMetricData'],
};

/** Where AWS itself is. */
import { partitionOf, type Region } from '../aws/scope.ts';

/** By partition; the isolated ones are not reached from anywhere else. Source: AWS SDKs, `partitions.json`. */
const suffixes: Readonly<Record<string, string>> = {
  aws: 'amazonaws.com',
  'aws-us-gov': 'amazonaws.com',
  'aws-cn': 'amazonaws.com.cn',
  'aws-eusc': 'amazonaws.eu',
};

/** Named in full: AWS_ENDPOINT_URL, which the daemon may have been started with, leads to the daemon itself. */
export function awsEndpoint(service: string, region: Region): string {
  return `https://${service}.${region}.${suffixes[partitionOf(region)] ?? 'amazonaws.com'}`;
}

/** Amazon Resource Names: taken apart and put together, without a judgement on what they name. */

/** Source: AWS General Reference, "Amazon Resource Names (ARNs)". */
export interface Arn {
  readonly partition: string;
  readonly service: string;
  /** Empty for services without regions. */
  readonly region: string;
  /** Empty where the resource belongs to no account. */
  readonly account: string;
  /** All that follows, with its own colons and slashes: `function:my-function:1`. */
  readonly resource: string;
}

/** @returns Nothing for what is not an ARN. */
export function parseArn(text: string): Arn | undefined {
  const match = /^arn:([^:]*):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text);
  if (match === null) return undefined;
  const [, partition = '', service = '', region = '', account = '', resource = ''] = match;
  return { partition, service, region, account, resource };
}

export const formatArn = ({ partition, service, region, account, resource }: Arn): string =>
  `arn:${partition}:${service}:${region}:${account}:${resource}`;

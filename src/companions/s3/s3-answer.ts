/** Puts outputs and errors into the form that S3 gives them. */
import type { EncodedResponse } from '../../aws/protocol/encoded-response.ts';
import type { RestXmlService } from '../../aws/protocol/rest-xml/rest-xml-service.ts';
import { xmlText } from '../../aws/protocol/xml/xml-text.ts';
import type { ServiceError } from '../../aws/service-error.ts';

export const s3Namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';
const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Two answers do not have the form that their model says. */
export function encodeOutput(codec: RestXmlService, operation: string, output: unknown): EncodedResponse {
  const encoded = codec.encode(operation, output);
  switch (operation) {
    case 'GetBucketLocation': {
      const { LocationConstraint: region } = output as { readonly LocationConstraint?: string };
      const content = region === undefined ? '/>' : `>${xmlText(region)}</LocationConstraint>`;
      return { ...encoded, body: Buffer.from(`${declaration}<LocationConstraint xmlns="${s3Namespace}"${content}`) };
    }
    case 'GetBucketPolicy':
      return { ...encoded, headers: { ...encoded.headers, 'content-type': 'application/json' } };
    default:
      // A part of an object.
      return encoded.headers['content-range'] === undefined ? encoded : { ...encoded, status: 206 };
  }
}

export interface ErrorPlace {
  readonly requestId: string;
  readonly hostId: string;
  /** Answers to HEAD have no body. */
  readonly isHead: boolean;
  /** Of the request. */
  readonly path: string;
}

/** There is nothing around the error, unlike in other services' answers. */
export function encodeS3Error(error: ServiceError, { requestId, hostId, isHead, path }: ErrorPlace): EncodedResponse {
  const { status = 400, headers = {}, members = {} } = error.options;
  if (isHead || status === 304) return { status, headers, body: undefined };
  const isNamed = Object.keys(members).length > 0;
  const all = { ...members, ...(isNamed ? {} : { Resource: path }), RequestId: requestId, HostId: hostId };
  const details = Object.entries(all).map(([name, value]) => element(name, String(value)));
  const text = `${element('Code', error.code)}${element('Message', error.message)}${details.join('')}`;
  return {
    status,
    headers: { 'content-type': 'application/xml', ...headers },
    body: Buffer.from(`${declaration}<Error>${text}</Error>`),
  };
}

const element = (name: string, text: string): string => `<${name}>${xmlText(text)}</${name}>`;

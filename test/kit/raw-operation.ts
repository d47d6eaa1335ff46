/** Any operation with any input, put on the wire as the model binds it: nothing is checked on the way. */
import { Agent, request } from 'node:http';
import { lambda } from '../../src/aws/generated/lambda.ts';
import { type BoundMember, membersOf, structureNamed } from '../../src/aws/service-table.ts';
import { credential } from './api-request.ts';

export interface RawAnswer {
  readonly status: number;
  /** What `x-amzn-ErrorType` says. */
  readonly errorType: string | undefined;
  readonly contentType: string | undefined;
  readonly text: string;
}

/** As an operation would take it, or as it would not. */
export type AnyInput = Readonly<Record<string, unknown>>;

export class RawOperations implements Disposable {
  readonly #port: number;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(port: number) {
    this.#port = port;
  }

  /** Rejects when the answer takes longer than the signal allows. */
  send(operation: string, input: AnyInput, signal: AbortSignal): Promise<RawAnswer> {
    const { method, path, headers, body } = onTheWire(operation, input);
    return new Promise((resolve, reject) => {
      const options = { host: '127.0.0.1', port: this.#port, agent: this.#agent, method, path, headers, signal };
      const outgoing = request(options, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            errorType: headerOf(response.headers['x-amzn-errortype']),
            contentType: response.headers['content-type'],
            text: Buffer.concat(parts).toString(),
          }),
        );
      });
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  }

  [Symbol.dispose](): void {
    this.#agent.destroy();
  }
}

const headerOf = (value: string | string[] | undefined): string | undefined =>
  Array.isArray(value) ? value.join() : value;

function onTheWire(operation: string, input: AnyInput) {
  const row = lambda.operations[operation];
  if (row === undefined) throw new Error(`no operation ${operation}`);
  const bindings = new Map(row.input === undefined ? [] : membersOf(structureNamed(lambda, row.input)));
  const [template = '', fixedQuery] = row.uri.split('?');
  const query = new URLSearchParams(fixedQuery);
  const headers: Record<string, string> = { authorization: credential() };
  const inBody: Record<string, unknown> = {};
  let path = template;
  let payload: Buffer | undefined;
  for (const [name, value] of Object.entries(input)) {
    const member: BoundMember = bindings.get(name) ?? { shape: 'string' };
    if (member.in === 'label') path = path.replace(`{${name}}`, () => encodeURIComponent(textOf(value)));
    else if (member.in === 'query') for (const one of listOf(value)) query.append(member.name ?? name, textOf(one));
    else if (member.in === 'header') headers[member.name ?? name] = headerText(value);
    else if (member.in === 'payload') payload = Buffer.isBuffer(value) ? value : Buffer.from(JSON.stringify(value));
    else Object.defineProperty(inBody, name, { value, enumerable: true });
  }
  const search = query.toString();
  const body = payload ?? (row.method === 'GET' ? undefined : Buffer.from(JSON.stringify(inBody, inBase64)));
  headers['content-length'] = String(body?.length ?? 0);
  return { method: row.method, path: search === '' ? path : `${path}?${search}`, headers, body };
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const textOf = (value: unknown): string =>
  (typeof value === 'string' ? value : (JSON.stringify(value) ?? '')).slice(0, 1000).toWellFormed();

/** What HTTP lets through. */
const headerText = (value: unknown): string =>
  Buffer.from(textOf(value))
    .toString('latin1')
    .replaceAll(/[^\x20-\x7e]/g, '?')
    .slice(0, 4000);

/** JSON.stringify turns a buffer into an object before a replacer sees it. */
function inBase64(this: unknown, name: string, value: unknown): unknown {
  const original = (this as Readonly<Record<string, unknown>>)[name];
  return Buffer.isBuffer(original) ? original.toString('base64') : value;
}

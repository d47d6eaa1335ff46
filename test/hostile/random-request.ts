/** Generators of the parts of an HTTP request, near enough to the API to get far into it. */
import fc from 'fast-check';

export interface RandomRequest {
  readonly method: string;
  /** With its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

const functions = '/2015-03-31/functions';

const segment = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'functions',
      '2015-03-31',
      '2021-10-31',
      '2019-09-25',
      '2020-06-30',
      '2017-03-31',
      '2018-10-31',
      '2021-11-15',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      'victim',
      'nobody',
      'configuration',
      'code',
      'url',
      'urls',
      'invocations',
      'versions',
      'aliases',
      'tags',
      'layers',
      'event-source-mappings',
      'policy',
      'concurrency',
      'account-settings',
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '',
      '.',
      '..',
      '%2e%2e',
      '%',
      '%00',
      '_lambdad',
      '_aws',
      '_localstack',
      'health',
      'lambda',
      'runtimes',
      'logs',
      'status',
      'code',
      '*',
      '{FunctionName}',
      '__proto__',
    ),
  },
  { weight: 1, arbitrary: fc.webSegment() },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }).map(encodeURI_) },
);
const path = fc.oneof(
  fc.array(segment, { maxLength: 7 }).map((parts) => `/${parts.join('/')}`),
  fc
    .constantFrom(
      '',
      '/victim',
      '/victim/configuration',
      '/victim/code',
      '/victim/invocations',
      '/victim/url',
      '/nobody',
    )
    .map((end) => functions + end),
);
const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((parameters) => `?${parameters}`),
  fc
    .record({
      key: fc.constantFrom('Qualifier', 'MaxItems', 'Marker', 'FunctionVersion', 'find', 'since', 'filter'),
      value: fc.oneof(fc.webSegment(), fc.integer().map(String)),
    })
    .map(({ key, value }) => `?${key}=${value}`),
);
/** Deleting the victim would be nobody's fault, and the requests after it would not get far. */
const method = fc.constantFrom('GET', 'POST', 'PUT', 'PATCH', 'HEAD', 'OPTIONS', 'PURGE', 'SEARCH');
const headerValue = fc.oneof(
  fc.string({ maxLength: 30 }).map((value) => value.replaceAll(/[^\x20-\x7e]/g, '')),
  fc.base64String(),
  fc.constantFrom('Event', 'DryRun', 'RequestResponse', 'Tail', 'None', 'null', '[]', '-1'),
);
const header = fc.record({
  name: fc.constantFrom(
    'x-amz-invocation-type',
    'x-amz-log-type',
    'x-amz-client-context',
    'x-amzn-trace-id',
    'authorization',
    'content-type',
    'content-encoding',
    'accept',
    'if-match',
    'range',
    'cookie',
    'x-forwarded-for',
    'origin',
    'sec-fetch-site',
    'x-amz-target',
    'x-amz-date',
    'expect',
    'x-http-method-override',
  ),
  value: headerValue,
});
const body = fc.oneof(
  fc.json(),
  fc.string(),
  fc.uint8Array({ maxLength: 300 }),
  fc
    .dictionary(
      fc.constantFrom(
        'FunctionName',
        'Runtime',
        'Role',
        'Handler',
        'Code',
        'Timeout',
        'MemorySize',
        'Environment',
        'Tags',
        'Layers',
        'AuthType',
        'Cors',
        'InvokeMode',
        'Publish',
        'DryRun',
        'ZipFile',
        'VpcConfig',
        'Architectures',
        '__proto__',
      ),
      fc.oneof(
        fc.jsonValue(),
        fc.constantFrom('victim', 'nodejs24.x', 'index.handler', 'arn:aws:iam::000000000000:role/r', 'NONE'),
      ),
    )
    .map((value) => JSON.stringify(value)),
);

function encodeURI_(value: string): string {
  return value.toWellFormed().replaceAll(/[^!-~]|[?#%]/gu, (character) => encodeURIComponent(character));
}

export const randomRequest: fc.Arbitrary<RandomRequest> = fc
  .tuple(method, path, query, fc.array(header, { maxLength: 4 }), body)
  .map(([verb, place, search, headers, content]) => ({
    method: verb,
    target: place + search,
    headers: Object.fromEntries(headers.map(({ name, value }) => [name, value])),
    body: content,
  }));

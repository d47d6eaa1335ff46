/** Function names, ARNs and qualifiers that no function can have. */
import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { RawConnection } from '../kit/raw-connection.ts';
import { AttackedDaemon } from './attacked-daemon.ts';

const arn = 'arn:aws:lambda:us-east-1:000000000000:function';

/** As they stand in the path: what is percent-encoded here arrives so. */
const names: Readonly<Record<string, string>> = {
  'a slash': 'a%2Fb',
  'two dots': '..',
  'two dots, encoded': '%2e%2e',
  'a path that climbs out': '..%2F..%2F..%2Fetc%2Fpasswd',
  'a NUL': 'canary%00',
  'a line end': 'canary%0D%0AX-Injected:%20yes',
  'a control character': '%07%1b[31m',
  'a space': 'can%20ary',
  'half of a percent encoding': 'canary%',
  'a percent encoding that is none': 'canary%zz',
  'bytes that are no UTF-8': '%ff%fe',
  'an overlong NUL': '%c0%80',
  'a surrogate': '%ed%a0%80',
  'letters from elsewhere': '%C3%BCml%C3%A4ut',
  'letters that look like others': '%D1%81anary',
  'text that turns around': '%E2%80%AEcanary',
  'an emoji': '%F0%9F%92%A3',
  'twice encoded': 'canary%2520',
  markup: '%3Cscript%3Ealert(1)%3C%2Fscript%3E',
  'a command': '%24(id)%60id%60%3Bid',
  '65 characters': 'a'.repeat(65),
  '141 characters': 'a'.repeat(141),
  '10,000 characters': 'a'.repeat(10_000),
  'a name for a prototype': '__proto__',
  'a name of a prototype': 'hasOwnProperty',
  'nothing but a colon': ':',
  'many colons': ':'.repeat(200),
  'an empty qualifier': 'canary:',
  'a qualifier of control characters': 'canary:%01%02',
  'two qualifiers': 'canary:1:2',
  'an ARN cut short': 'arn:aws:lambda:us-east-1',
  'an ARN of another service': 'arn:aws:s3:::canary',
  'an ARN of another partition': `${arn.replace('aws', 'azure')}:canary`,
  'an ARN of another account': `${arn.replace('000000000000', '111111111111')}:canary`,
  'an ARN of another region': `${arn.replace('us-east-1', 'mars-north-9')}:canary`,
  'an ARN with a region that is a path': `${arn.replace('us-east-1', '..%2F..')}:canary`,
  'an ARN with a NUL': `${arn}:canary%00`,
  'an ARN with a line end': `${arn}:canary%0A`,
  'an ARN with a slash': `${arn}:canary%2F..`,
  'an ARN without a name': `${arn}:`,
  'an ARN inside of an ARN': `${arn}:${arn}:canary`,
  'an ARN of 5,000 characters': `${arn}:${'a'.repeat(5_000)}`,
};

const qualifiers = [
  '%00',
  '%0d%0a',
  '..%2f',
  '$latest',
  '$LATEST%00',
  '-1',
  '0',
  '99999999999999999999',
  '%ff',
  'a%20b',
  'a'.repeat(129),
  '__proto__',
  '%F0%9F%92%A3',
  '%',
];

suite('hostile names', () => {
  let attacked: AttackedDaemon;
  before(async () => {
    attacked = await AttackedDaemon.start();
  });
  after(() => attacked[Symbol.asyncDispose]());

  const ask = async (method: string, path: string, body = '{}'): Promise<string> => {
    const lines = [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close'];
    const head = [...lines, `Content-Length: ${Buffer.byteLength(body)}`, '', ''].join('\r\n');
    return RawConnection.exchange(attacked.daemon.port, head + body);
  };

  const assertRefused = (answer: string, what: string): void => {
    assert.match(answer, /^HTTP\/1\.1 (400|403|404|409|413) /, what);
    assert.match(answer, /x-amzn-errortype: \w+/i, what);
    const [head = '', body = ''] = answer.split('\r\n\r\n');
    assert.doesNotMatch(head, /^X-Injected/im, what);
    assert.equal(typeof JSON.parse(Buffer.from(body, 'latin1').toString()), 'object', what);
  };

  for (const [what, name] of Object.entries(names)) {
    test(`${what} in place of a name is refused everywhere`, async () => {
      for (const [method, path] of [
        ['GET', `/2015-03-31/functions/${name}`],
        ['GET', `/2015-03-31/functions/${name}/configuration`],
        ['PUT', `/2015-03-31/functions/${name}/configuration`],
        ['PUT', `/2015-03-31/functions/${name}/code`],
        ['DELETE', `/2015-03-31/functions/${name}`],
        ['POST', `/2015-03-31/functions/${name}/invocations`],
        ['POST', `/2021-10-31/functions/${name}/url`],
      ] as const) {
        assertRefused(
          await ask(method, path, path.endsWith('/url') ? '{"AuthType":"NONE"}' : '{}'),
          `${method} ${path}`,
        );
      }
      const decoded = Buffer.from(unescape(name), 'latin1').toString();
      const body = JSON.stringify({
        FunctionName: decoded,
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: 'arn:aws:iam::000000000000:role/r',
        Code: { ZipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' },
      });
      assertRefused(await ask('POST', '/2015-03-31/functions', body), what);
      await attacked.stillServes();
    });
  }

  test('a qualifier that no function has is refused', async () => {
    for (const qualifier of qualifiers) {
      for (const path of ['/canary/invocations', '/canary']) {
        const method = path === '/canary' ? 'GET' : 'POST';
        assertRefused(await ask(method, `/2015-03-31/functions${path}?Qualifier=${qualifier}`), qualifier);
      }
    }
    await attacked.stillServes();
  });

  test('roles, handlers, runtimes and variables of every wrong kind are refused', async () => {
    const valid = {
      FunctionName: 'wrong',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: 'arn:aws:iam::000000000000:role/r',
    };
    const wrong: readonly object[] = [
      ...[
        '',
        'r',
        'arn:aws:iam::1:role/r',
        'arn:aws:iam::000000000000:user/r',
        'arn:aws:iam::000000000000:role/\0',
        'x'.repeat(10_000),
      ].map((Role) => ({ Role })),
      ...['has space', 'a\nb', 'x'.repeat(129)].map((Handler) => ({ Handler })),
      ...['', 'nodejs99.x', '../../bin/sh', 'nodejs24.x\0', 'constructor'].map((Runtime) => ({ Runtime })),
      ...['', '1a', 'a b', 'a=b', 'a\0', '__proto__', 'AWS_LAMBDA_RUNTIME_API', '_HANDLER'].map((key) => ({
        Environment: { Variables: Object.fromEntries([[key, 'x']]) },
      })),
      { Environment: { Variables: { LARGE: 'x'.repeat(5_000) } } },
      ...[0, -1, 901, 2 ** 31].map((Timeout) => ({ Timeout })),
      ...[0, 127, 2 ** 31].map((MemorySize) => ({ MemorySize })),
    ];
    for (const change of wrong) {
      const body = JSON.stringify({ ...valid, ...change, Code: { ZipFile: 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==' } });
      const answer = await ask('POST', '/2015-03-31/functions', body);
      assertRefused(answer, JSON.stringify(change).slice(0, 100));
      assert.doesNotMatch(answer, /non-empty zip/, JSON.stringify(change));
    }
    await attacked.stillServes();
  });
});

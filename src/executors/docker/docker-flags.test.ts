import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type DockerFlags, noDockerFlags, parseDockerFlags } from './docker-flags.ts';

const parsed = (text: string): Partial<DockerFlags> | undefined => {
  const flags = parseDockerFlags(text);
  const none = noDockerFlags();
  if (flags === undefined) return undefined;
  // What is as if nothing had been said is left out.
  const said = Object.entries(flags).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(none[name as keyof DockerFlags]),
  );
  return Object.fromEntries(said);
};

test('each flag is understood in its short and its long form, attached or apart', () => {
  const cases: readonly [string, Partial<DockerFlags>][] = [
    ['', {}],
    ['-e A=1 --env B=2=3 --env=C= -eD=4', { environment: { A: '1', B: '2=3', C: '', D: '4' } }],
    [`-e "A=a b" -e B='c "d"' -e C=e\\ f`, { environment: { A: 'a b', B: 'c "d"', C: 'e f' } }],
    ['--env-file /a --env-file=/b', { environmentFiles: ['/a', '/b'] }],
    ['-v /a:/b:ro --volume name:/c', { volumes: ['/a:/b:ro', 'name:/c'] }],
    ['-p 9229:9229', { ports: { '9229/tcp': [{ HostIp: '', HostPort: '9229' }] } }],
    ['--publish 127.0.0.1:80:8080/udp', { ports: { '8080/udp': [{ HostIp: '127.0.0.1', HostPort: '80' }] } }],
    ['-p 8080', { ports: { '8080/tcp': [{ HostIp: '', HostPort: '' }] } }],
    [
      '-p [::1]:50-51:60-61',
      {
        ports: {
          '60/tcp': [{ HostIp: '::1', HostPort: '50' }],
          '61/tcp': [{ HostIp: '::1', HostPort: '51' }],
        },
      },
    ],
    ['--add-host host:1.2.3.4 --add-host=x=host-gateway', { hosts: ['host:1.2.3.4', 'x:host-gateway'] }],
    ['--network one --net two', { networks: ['one', 'two'] }],
    ['--dns 1.1.1.1', { dns: ['1.1.1.1'] }],
    ['--label a=b -l c', { labels: { a: 'b', c: '' } }],
    [
      '--ulimit nofile=10:20 --ulimit core=-1',
      {
        ulimits: [
          { Name: 'nofile', Soft: 10, Hard: 20 },
          { Name: 'core', Soft: -1, Hard: -1 },
        ],
      },
    ],
    ['-u 1000:1000', { user: '1000:1000' }],
    ['--user root', { user: 'root' }],
    ['--platform linux/arm64', { platform: 'linux/arm64' }],
    ['--privileged', { privileged: true }],
    ['--privileged=true', { privileged: true }],
    ['--privileged=false', {}],
  ];
  for (const [text, flags] of cases) assert.deepEqual(parsed(text), flags, text);
});

test('what is not understood is refused', () => {
  const cases = [
    '--rm',
    'nginx',
    '-e',
    '-e A',
    '-e =1',
    '-v /a',
    '-v a:b:c:d',
    '-p 0',
    '-p 99999',
    '-p 1-2:3',
    '-p a:b',
  ];
  cases.push('--add-host x', '--ulimit x', '--label', '--label =b', '--platform Linux', '-e "A=1', '-e A=1\\', '-z 1');
  for (const text of cases) assert.equal(parseDockerFlags(text), undefined, text);
});

test('every variable that a shell can be told arrives as it was meant', () => {
  const name = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_]{0,9}$/);
  fc.assert(
    fc.property(fc.dictionary(name, fc.string()), (variables) => {
      const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`;
      const text = Object.entries(variables)
        .map(([key, value]) => `-e ${quoted(`${key}=${value}`)}`)
        .join(' ');
      const flags = parseDockerFlags(text);
      assert.deepEqual(Object.entries(flags?.environment ?? {}), Object.entries(variables));
    }),
  );
});

test('no text does harm', () => {
  const piece = fc.constantFrom('-e', '--env', '-p', '-v', '--label', '__proto__=1', '=', "'", '"', '\\', '1:2', 'a=b');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(piece).map((pieces) => pieces.join(' ')),
      ),
      (text) => {
        const flags = parseDockerFlags(text);
        if (flags !== undefined) assert.equal(Object.getPrototypeOf(flags.environment), Object.prototype);
      },
    ),
  );
});

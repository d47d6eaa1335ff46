/** What users may say about containers, each with its effect on one. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { type DockerFlags, parseDockerFlags } from '../../../src/executors/docker/docker-flags.ts';
import { PreparationFailed } from '../../../src/executors/executor.ts';
import { runtimeImageOrSkip } from '../../images/runtime-image.ts';
import { runProgram } from '../../kit/run-program.ts';
import { type DockerFixtureWishes, dockerFixture } from './docker-fixture.ts';

const image = await runtimeImageOrSkip();
const signal = new AbortController().signal;

/** What a shell script writes in a container. */
async function written(script: string, wishes: DockerFixtureWishes): Promise<string> {
  await using fixture = await dockerFixture(image, wishes);
  const { process: started, output } = await fixture.shell(script);
  await using _ = started;
  await started.exited;
  return output.text;
}

function flags(text: string): { readonly flags: DockerFlags } {
  const parsed = parseDockerFlags(text);
  assert.ok(parsed !== undefined, text);
  return { flags: parsed };
}

suite('LAMBDA_DOCKER_FLAGS', () => {
  test('--env-file and -v bring variables and files, also another /tmp', async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'lambdad-flags-'));
    t.after(() => rmSync(folder, { recursive: true }));
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'variables'), '# comment\nFROM_FILE=a b\nLOCALSTACK_ANY=1\n');
    writeFileSync(join(folder, 'data/text'), 'mounted\n');
    const data = join(folder, 'data');
    const given = flags(`--env-file ${join(folder, 'variables')} -v ${data}:/mnt/data:ro -v ${data}:/tmp`);
    const script =
      'echo $FROM_FILE$LOCALSTACK_ANY; cat /mnt/data/text /tmp/text; echo x 2>/dev/null >/mnt/data/x || echo kept';
    assert.equal(await written(script, given), 'a b\nmounted\nmounted\nkept\n');
  });

  test('-p publishes a port of the function on this machine', async () => {
    const port = await freePort();
    await using fixture = await dockerFixture(image, flags(`-p 127.0.0.1:${port}:8000`));
    const listens =
      'import socket; s = socket.create_server(("0.0.0.0", 8000)); print("up", flush=True); s.accept()[0].sendall(b"hello")';
    const { process: started, output, spec } = await fixture.shell(`exec /usr/bin/python3 -c '${listens}'`);
    await using _ = started;
    await output.until((text) => text.includes('up'));
    const [container] = await image.engine.containers(`lambdad.environment=${spec.environmentId}`);
    // An engine that may not change this machine's network publishes nothing, but has been told to.
    const details = await runProgram(['docker', '--host', image.host, 'port', container?.Id ?? '']);
    assert.equal(details.stdout, `8000/tcp -> 127.0.0.1:${port}\n`);
    const answer = await heard('127.0.0.1', port).catch(() => undefined);
    assert.ok(answer === undefined || answer === 'hello', answer);
  });

  test("--network joins one in place of the engine's own", async () => {
    const name = 'lambdad-test-flags';
    await runProgram(['docker', '--host', image.host, 'network', 'create', name]);
    try {
      await using fixture = await dockerFixture(image, flags(`--network ${name}`));
      const { process: started, spec } = await fixture.shell('sleep 1000');
      await using _ = started;
      const [container] = await image.engine.containers(`lambdad.environment=${spec.environmentId}`);
      const { NetworkSettings } = await image.engine.container(container?.Id ?? '');
      assert.deepEqual(Object.keys(NetworkSettings.Networks ?? {}), [name]);
    } finally {
      await runProgram(['docker', '--host', image.host, 'network', 'rm', name]);
    }
  });

  test("--user is who the function runs as; without it, AWS's user", async () => {
    assert.equal(await written('id -u', flags('--user 1234:1234')), '1234\n');
    assert.equal(await written('id -un', {}), 'sbx_user1051\n');
    assert.equal(await written('id -un', flags('-e LOCALSTACK_USER=root')), 'root\n');
  });

  test('--privileged gives a file system that can be written, and all capabilities to root', async () => {
    const script = 'touch /written 2>/dev/null && echo written; grep CapEff /proc/self/status';
    // An engine that lacks the capabilities itself cannot give them, and says so when it is asked to.
    const given = await written(script, flags('--privileged --user root')).catch((error: Error) => error.message);
    assert.match(given, /^written\nCapEff:\t0{6}[0-9a-f]*ff\n$|unable to apply caps/);
    assert.match(await written(script, {}), /^CapEff:\t0{16}\n$/);
  });

  test('--platform decides which image is taken, whatever the architecture of the function', async () => {
    await using fixture = await dockerFixture(image, {
      ...flags('--platform linux/s390x'),
      imageMapping: { kind: 'pattern', pattern: 'localhost:1/<runtime>:any' },
    });
    await assert.rejects(
      async () => fixture.executor.prepare(await fixture.version({}), signal),
      (error: unknown) => error instanceof PreparationFailed && error.code === 'InvalidImage',
    );
    const other = image.engine.version.Arch === 'arm64' ? 'amd64' : 'arm64';
    await using same = await dockerFixture(image, flags(`--platform linux/${other}`));
    // The image that is here is not for that platform, and there is no other.
    await assert.rejects(async () => same.executor.prepare(await same.version({}), signal), /cannot be pulled/);
  });
});

test('LAMBDA_DOCKER_DNS is the server that containers ask', async () => {
  const text = await written('grep nameserver /etc/resolv.conf', { dns: () => '10.9.8.7' });
  assert.equal(text, 'nameserver 10.9.8.7\n');
});

test("LAMBDA_IGNORE_ARCHITECTURE runs a function for another architecture on the engine's own", async () => {
  const architecture = image.engine.version.Arch === 'arm64' ? 'x86_64' : 'arm64';
  await using strict = await dockerFixture(image, {});
  const version = { ...(await strict.version({ bootstrap: '#!/bin/sh\nuname -m\n' })), architecture } as const;
  await assert.rejects(strict.executor.prepare(version, signal), /cannot be pulled/);
  await using tolerant = await dockerFixture(image, { ignoreArchitecture: true });
  const { process: started, output } = await tolerant.start(version);
  await using _ = started;
  await started.exited;
  assert.match(output.text, image.engine.version.Arch === 'arm64' ? /^aarch64/ : /^x86_64/);
});

test('LAMBDA_RUNTIME_IMAGE_MAPPING may be a pattern', async () => {
  const [repository = '', tag = ''] = image.image.split(':');
  const name = `${repository}-provided.al2023:${tag}`;
  await runProgram(['docker', '--host', image.host, 'tag', image.image, name]);
  try {
    const imageMapping = { kind: 'pattern', pattern: `${repository}-<runtime>:${tag}` } as const;
    assert.equal(await written('echo here', { imageMapping }), 'here\n');
  } finally {
    await runProgram(['docker', '--host', image.host, 'rmi', name]);
  }
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

function heard(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port, timeout: 1000 });
    socket.once('data', (chunk) => {
      resolve(chunk.toString());
      socket.destroy();
    });
    socket.once('timeout', () => socket.destroy(new Error('nobody answers')));
    socket.once('error', reject);
  });
}

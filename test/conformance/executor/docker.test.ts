/** The Docker executor: the conformance suite, and what is its own. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { parseDockerFlags } from '../../../src/executors/docker/docker-flags.ts';
import { PreparationFailed } from '../../../src/executors/executor.ts';
import { startedWith } from '../../../src/executors/host/process-tree.ts';
import { InvalidEntrypoint } from '../../../src/executors/invalid-entrypoint.ts';
import { runtimeImageOrSkip } from '../../images/runtime-image.ts';
import { dockerFixture } from './docker-fixture.ts';
import { executorConformance } from './executor-conformance.ts';

process.env.DAEMON_SECRET = 'must not be seen';

const image = await runtimeImageOrSkip();
const signal = new AbortController().signal;
const { engine } = image;

executorConformance('docker', () => dockerFixture(image), startedWith);

const reads = 'cat /var/task/folder/text; . /opt/greeting; ls -ld /var/task | cut -c1-10; id -un';
const packed = { bootstrap: `#!/bin/sh\n${reads}\n`, 'folder/text': 'read\n' };

suite('the Docker executor', () => {
  for (const [how, wishes] of [
    ['mounted', {}],
    ['copied, where engine and daemon share no folder', { remote: true }],
    ['in an image made for it', { prebuildImages: true }],
  ] as const) {
    test(`code and layers are ${how}`, async () => {
      await using fixture = await dockerFixture(image, wishes);
      const layer = await fixture.files({ greeting: 'echo hello\n' });
      const { process: started, output } = await fixture.start(await fixture.version(packed, { layer }));
      await using _ = started;
      assert.deepEqual(await started.exited, { kind: 'code', code: 0 });
      assert.equal(output.text, 'read\nhello\ndrwxr-xr-x\nsbx_user1051\n');
    });
  }

  test('an image made for a version goes with it', async () => {
    await using fixture = await dockerFixture(image, { prebuildImages: true });
    const version = await fixture.version(packed);
    const name = `lambdad-prebuilt/conformance:${version.generation.replaceAll('/', '-').slice(1)}`;
    const prepared = await fixture.executor.prepare(version, signal);
    assert.notEqual(await engine.image(name), undefined);
    await prepared[Symbol.asyncDispose]();
    assert.equal(await engine.image(name), undefined);
  });

  test('LAMBDA_DOCKER_FLAGS apply to every container', async () => {
    const flags = parseDockerFlags(
      "-e MINE='a b' -e LOCALSTACK_USER=root --add-host there:10.1.2.3 --ulimit nofile=99:100 --label team=blue --dns 10.0.0.53",
    );
    assert.ok(flags !== undefined);
    await using fixture = await dockerFixture(image, { flags });
    const script = 'echo "$MINE $(id -un) $(ulimit -n)"; grep there /etc/hosts; grep nameserver /etc/resolv.conf; env';
    const { process: started, output, spec } = await fixture.shell(`${script}; sleep 1000`);
    await using _ = started;
    await output.until((text) => text.includes('MINE='));
    assert.equal(
      output.lines.slice(0, 3).join('|').replace('\t', ' '),
      'a b root 99|10.1.2.3 there|nameserver 10.0.0.53',
    );
    assert.doesNotMatch(output.text, /LOCALSTACK_/);
    const [container] = await engine.containers(`lambdad.environment=${spec.environmentId}`);
    assert.deepEqual(container?.Names, [`/lambdad-conformance-${spec.environmentId}`]);
    assert.deepEqual([container?.Labels['team'], container?.Labels['lambdad.version']], ['blue', '$LATEST']);
  });

  test('containers that ended are kept when that is asked for', async (t) => {
    const fixture = await dockerFixture(image, { removeContainers: false });
    const { process: started, spec } = await fixture.shell('echo kept; exit 3');
    await started.exited;
    await fixture[Symbol.asyncDispose]();
    const [container] = await engine.containers(`lambdad.environment=${spec.environmentId}`);
    assert.ok(container !== undefined);
    t.after(() => engine.remove(container.Id));
    assert.equal((await engine.container(container.Id)).State.ExitCode, 3);
  });

  test('a container that somebody removed is replaced at the restart', async () => {
    await using fixture = await dockerFixture(image);
    const { process: started, output, spec } = await fixture.shell('echo run; sleep 1000');
    await using _ = started;
    await output.until((text) => text === 'run\n');
    const [container] = await engine.containers(`lambdad.environment=${spec.environmentId}`);
    await engine.remove(container?.Id ?? '');
    assert.equal((await started.exited).kind, 'signal');
    await started.restart(signal);
    await output.until((text) => text === 'run\nrun\n');
  });

  test('an image that cannot be had is a reason not to prepare, a missing program one not to start', async () => {
    const imageMapping = { kind: 'pattern', pattern: 'localhost:1/<runtime>:none' } as const;
    await using fixture = await dockerFixture(image, { imageMapping });
    await assert.rejects(
      async () => fixture.executor.prepare(await fixture.version({}), signal),
      (error: unknown) =>
        error instanceof PreparationFailed && /localhost:1\/provided.al2023:none is not on this/.test(error.message),
    );
    await using other = await dockerFixture(image);
    await assert.rejects(other.start(await other.version({ 'other.sh': '' })), InvalidEntrypoint);
  });

  test('without an engine every preparation fails, and the log says what to do', async () => {
    const told: string[] = [];
    const tell = (message: string): void => void told.push(message);
    await using fixture = await dockerFixture(
      { ...image, host: 'unix:///nowhere/docker.sock' },
      { logger: { debug: tell, info: tell, warn: tell, error: tell } },
    );
    assert.match(
      told[0] ?? '',
      /^Docker not available: no Docker engine answers .*\/nowhere\/docker.sock.*DOCKER_HOST/,
    );
    await assert.rejects(
      async () => fixture.executor.prepare(await fixture.version({}), signal),
      (error: unknown) => error instanceof PreparationFailed && error.message === 'Docker not available',
    );
  });
});

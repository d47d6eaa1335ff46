/** ElasticMQ, an implementation of Amazon SQS that others wrote, as a process of a test's own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { runProgram } from '../../kit/run-program.ts';

const version = '1.6.15';
const cache = fileURLToPath(new URL('../../../.lambdad/test-cache/elasticmq/', import.meta.url));
const program = fileURLToPath(new URL('ElasticMq.java', import.meta.url));

const project = `<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>lambdad</groupId>
  <artifactId>elasticmq</artifactId>
  <version>1</version>
  <dependencies>
    <dependency><groupId>org.elasticmq</groupId><artifactId>elasticmq-rest-sqs_2.13</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;

/** Maven's plugin that copies what a project depends on. */
const copyDependencies = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies';

export class ElasticMq implements AsyncDisposable {
  readonly endpoint: string;
  readonly #process: ChildProcess;

  private constructor(endpoint: string, process: ChildProcess) {
    this.endpoint = endpoint;
    this.#process = process;
  }

  static async start(): Promise<ElasticMq> {
    const child = spawn('java', ['-XX:TieredStopAtLevel=1', '-cp', join(await archives(), '*'), program], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    for await (const line of createInterface(child.stdout)) {
      if (/^\d+$/.test(line)) return new ElasticMq(`http://127.0.0.1:${line}`, child);
    }
    throw new Error('ElasticMQ ended before it listened');
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#process.exitCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}

/** The folder of its archives, fetched from Maven Central once for all tests. */
async function archives(): Promise<string> {
  const kept = join(cache, version);
  if (existsSync(kept)) return kept;
  await mkdir(cache, { recursive: true });
  const draft = await mkdtemp(join(cache, 'draft-'));
  try {
    await writeFile(join(draft, 'pom.xml'), project);
    const args = [
      '-B',
      '-q',
      '-f',
      join(draft, 'pom.xml'),
      copyDependencies,
      `-DoutputDirectory=${join(draft, 'lib')}`,
    ];
    const { code, stdout, stderr } = await runProgram(['mvn', ...args, '-DincludeScope=runtime'], { cwd: draft });
    if (code !== 0) throw new Error(`Maven ended with ${code}:\n${stdout}${stderr}`);
    // Another test may have been quicker: the first one stays.
    await rename(join(draft, 'lib'), kept).catch((error: unknown) => {
      if (!existsSync(kept)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return kept;
}

/** A client of the endpoints of a Docker engine (or of Podman's likeness of it) that running functions needs. */
import { createInterface } from 'node:readline';
import type { Duplex, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { parseTimestamp } from '../../../kernel/timestamp.ts';
import { describeAddress, type EngineAddress } from './engine-address.ts';
import { EngineConnection } from './engine-connection.ts';
import { EngineError, isNotFound } from './engine-error.ts';
import type {
  ContainerDetails,
  ContainerSettings,
  ContainerStats,
  ContainerSummary,
  EngineVersion,
  ExecDetails,
  ExecSettings,
  ImageDetails,
  NetworkDetails,
  PullProgress,
} from './engine-types.ts';

/** The newest version of the API that this client was written for. */
const newestApi = '1.47';

/** Methods throw EngineError, and the signal's reason when it aborts first. */
export class DockerEngine implements Disposable {
  readonly address: EngineAddress;
  readonly version: EngineVersion;
  readonly #connection: EngineConnection;

  private constructor(address: EngineAddress, version: EngineVersion, connection: EngineConnection) {
    this.address = address;
    this.version = version;
    this.#connection = connection;
  }

  /** @throws EngineError when none answers there */
  static async connect(address: EngineAddress, signal: AbortSignal): Promise<DockerEngine> {
    const connection = new EngineConnection(address);
    try {
      const { 'api-version': offered } = await connection.headers({ method: 'GET', path: '/_ping', signal });
      if (typeof offered !== 'string') throw new EngineError('what answers there is no Docker engine', undefined);
      connection.speak(olderOf(offered, newestApi));
      return new DockerEngine(
        address,
        await connection.json<EngineVersion>({ method: 'GET', path: '/version', signal }),
        connection,
      );
    } catch (error) {
      connection[Symbol.dispose]();
      throw error;
    }
  }

  /** One line for people. */
  get description(): string {
    return `Docker engine ${this.version.Version} at ${describeAddress(this.address)}`;
  }

  /** `undefined` when the engine has no such image. */
  async image(name: string, signal?: AbortSignal): Promise<ImageDetails | undefined> {
    try {
      return await this.#connection.json<ImageDetails>({ ...get(`/images/${escaped(name)}/json`), ...given(signal) });
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Fetches an image from its registry. @param platform `linux/arm64` */
  async pull(
    name: string,
    platform: string | undefined,
    progress: (step: PullProgress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    // Without a tag the engine would fetch all tags there are.
    const whole = /@|:[^/]*$/.test(name) ? name : `${name}:latest`;
    const query = { fromImage: whole, platform };
    const answer = await this.#connection.stream({ method: 'POST', path: '/images/create', query, signal });
    for await (const line of createInterface(answer)) {
      if (line === '') continue;
      const step = JSON.parse(line) as PullProgress;
      // The status had to be sent before it was known how the pull would end.
      if (step.error !== undefined) throw new EngineError(step.error, 500);
      progress(step);
    }
    signal.throwIfAborted();
  }

  async removeImage(name: string): Promise<void> {
    await this.#ifThere({ method: 'DELETE', path: `/images/${escaped(name)}`, query: { force: 'true' } });
  }

  /** @returns the id of a container that does not run yet */
  async create(
    name: string | undefined,
    platform: string | undefined,
    settings: ContainerSettings,
    signal?: AbortSignal,
  ): Promise<string> {
    const query = { name, platform };
    const sent = { method: 'POST', path: '/containers/create', query, body: settings, ...given(signal) } as const;
    return (await this.#connection.json<{ Id: string }>(sent)).Id;
  }

  start(id: string): Promise<void> {
    return this.#connection.command(post(`/containers/${id}/start`));
  }

  /** Both outputs, as frames; attach before the start to miss nothing. Ends with the container. */
  attach(id: string): Promise<Readable> {
    const query = { stream: '1', stdout: '1', stderr: '1' };
    return this.#connection.stream({ ...post(`/containers/${id}/attach`), query });
  }

  /** The same with its input: what is written to it the container reads. */
  attachInput(id: string): Promise<Duplex> {
    const query = { stream: '1', stdin: '1', stdout: '1', stderr: '1' };
    return this.#connection.duplex({ ...post(`/containers/${id}/attach`), query });
  }

  /** @returns the id of one more program for a container that runs; it does not run itself yet */
  async createExec(container: string, settings: ExecSettings, signal?: AbortSignal): Promise<string> {
    const sent = { ...post(`/containers/${container}/exec`), body: settings, ...given(signal) };
    return (await this.#connection.json<{ Id: string }>(sent)).Id;
  }

  /** Both outputs, as frames. Ends with the program. */
  startExec(id: string): Promise<Readable> {
    return this.#connection.stream({ ...post(`/exec/${id}/start`), body: attached });
  }

  /** The same with its input. */
  startExecInput(id: string): Promise<Duplex> {
    return this.#connection.duplex({ ...post(`/exec/${id}/start`), body: attached });
  }

  exec(id: string): Promise<ExecDetails> {
    return this.#connection.json<ExecDetails>(get(`/exec/${id}/json`));
  }

  /** The exit code, once the container does not run any more. */
  async waitForEnd(id: string): Promise<number> {
    const sent = { ...post(`/containers/${id}/wait`), query: { condition: 'not-running' } };
    return (await this.#connection.json<{ StatusCode: number }>(sent)).StatusCode;
  }

  /** Does nothing to a container that does not run. */
  async kill(id: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.#ifThere({ ...post(`/containers/${id}/kill`), query: { signal } });
  }

  async pause(id: string): Promise<void> {
    await this.#ifThere(post(`/containers/${id}/pause`));
  }

  async unpause(id: string): Promise<void> {
    await this.#ifThere(post(`/containers/${id}/unpause`));
  }

  /** Ends it, and removes it with the volumes that are its own. */
  async remove(id: string): Promise<void> {
    await this.#ifThere({ method: 'DELETE', path: `/containers/${id}`, query: { force: '1', v: '1' } });
  }

  container(id: string, signal?: AbortSignal): Promise<ContainerDetails> {
    return this.#connection.json<ContainerDetails>({ ...get(`/containers/${id}/json`), ...given(signal) });
  }

  /**
   * Resolves at the first event of that kind, also one that was before; never where there is none.
   * @param since as the engine tells times: `2026-01-31T23:59:59.123456789Z`
   */
  async event(container: string, kind: 'oom', since: string, signal: AbortSignal): Promise<void> {
    // It understands seconds, with nine decimals.
    const [, decimals = ''] = /\.(\d+)/.exec(since) ?? [];
    const seconds = Math.floor(parseTimestamp(since) / 1000);
    const query = {
      since: `${seconds}.${decimals.padEnd(9, '0')}`,
      filters: JSON.stringify({ container: [container], event: [kind] }),
    };
    const events = await this.#connection.stream({ ...get('/events'), query, signal });
    for await (const _ of events) break;
  }

  stats(id: string): Promise<ContainerStats> {
    const query = { stream: '0', 'one-shot': '1' };
    return this.#connection.json<ContainerStats>({ ...get(`/containers/${id}/stats`), query });
  }

  /** Those that have the label, also those that do not run. @param label a name, or `name=value` */
  containers(label: string): Promise<readonly ContainerSummary[]> {
    const query = { all: '1', filters: JSON.stringify({ label: [label] }) };
    return this.#connection.json<readonly ContainerSummary[]>({ ...get('/containers/json'), query });
  }

  /** Unpacks a tar archive below a folder of the container, which need not run. */
  async putArchive(id: string, path: string, archive: Readable, signal?: AbortSignal): Promise<void> {
    const sent = {
      method: 'PUT',
      path: `/containers/${id}/archive`,
      query: { path },
      archive,
      ...given(signal),
    } as const;
    await this.#connection.command(sent);
  }

  /** A file of the container as a tar archive; `undefined` when there is none. */
  async archive(id: string, path: string, signal?: AbortSignal): Promise<Buffer | undefined> {
    const archive = await this.archiveStream(id, path, signal);
    return archive && buffer(archive);
  }

  /** The same of a file or folder that may be large. */
  async archiveStream(id: string, path: string, signal?: AbortSignal): Promise<Readable | undefined> {
    try {
      const sent = { ...get(`/containers/${id}/archive`), query: { path }, ...given(signal) };
      return await this.#connection.stream(sent);
    } catch (error) {
      if (isNotFound(error)) return undefined;
      throw error;
    }
  }

  /** Whether the container has a file or folder there. */
  async has(id: string, path: string, signal?: AbortSignal): Promise<boolean> {
    try {
      const query = { path };
      await this.#connection.headers({ method: 'HEAD', path: `/containers/${id}/archive`, query, ...given(signal) });
      return true;
    } catch (error) {
      if (isNotFound(error)) return false;
      throw error;
    }
  }

  /** Makes an image of what a container has in its file system. @param changes lines of a Dockerfile */
  async commit(id: string, repository: string, tag: string, changes: readonly string[]): Promise<void> {
    // No lines at all are another thing than an empty text.
    const query = { container: id, repo: repository, tag, changes: changes.join('\n') || undefined };
    await this.#connection.json({ method: 'POST', path: '/commit', query });
  }

  network(name: string, signal?: AbortSignal): Promise<NetworkDetails> {
    return this.#connection.json<NetworkDetails>({ ...get(`/networks/${encodeURIComponent(name)}`), ...given(signal) });
  }

  async connectNetwork(name: string, container: string): Promise<void> {
    const path = `/networks/${encodeURIComponent(name)}/connect`;
    await this.#connection.command({ method: 'POST', path, body: { Container: container } });
  }

  [Symbol.dispose](): void {
    this.#connection[Symbol.dispose]();
  }

  /** What is not there, or not in the state that the command is for, needs nothing done to it. */
  async #ifThere(sent: Parameters<EngineConnection['command']>[0]): Promise<void> {
    try {
      await this.#connection.command(sent);
    } catch (error) {
      const settled = error instanceof EngineError && (error.status === 404 || error.status === 409);
      if (!settled) throw error;
    }
  }
}

const attached = { Detach: false, Tty: false };
const get = (path: string) => ({ method: 'GET', path }) as const;
const post = (path: string) => ({ method: 'POST', path }) as const;
const given = (signal: AbortSignal | undefined) => (signal === undefined ? {} : { signal });

/** The slashes of an image's name are part of the path. */
const escaped = (name: string): string => name.split('/').map(encodeURIComponent).join('/');

function olderOf(one: string, other: string): string {
  const [major = 0, minor = 0] = one.split('.').map(Number);
  const [otherMajor = 0, otherMinor = 0] = other.split('.').map(Number);
  return major < otherMajor || (major === otherMajor && minor < otherMinor) ? one : other;
}

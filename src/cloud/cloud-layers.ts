/** Layers of accounts in AWS, fetched once with the user's own credentials and kept for all daemons. */
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArn } from '../aws/arn.ts';
import { region } from '../aws/scope.ts';
import { KeptFolders } from '../executors/host/provision/kept-folders.ts';
import type { Clock } from '../kernel/clock.ts';
import type { Logger } from '../kernel/logger.ts';
import { milliseconds } from '../kernel/quantity.ts';
import type { FetchedLayer, LayerSource } from '../lambda/layer/layer-source.ts';
import { awsEndpoint } from './aws-endpoint.ts';
import { download } from './download.ts';
import type { OwnCredentials } from './own-credentials.ts';

export interface CloudLayersDeps {
  /** Where they are kept; need not exist yet. */
  readonly directory: string;
  readonly processId: number;
  /** In place of AWS's own. */
  readonly endpoint: string | undefined;
  readonly credentials: OwnCredentials;
  /** Of an archive, bytes. */
  readonly longest: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Of asking and downloading together; a layer has 250 MB at most. */
const patience = milliseconds(120_000);

/** Disposing it ends what is being fetched. */
export class CloudLayers implements LayerSource, AsyncDisposable {
  readonly #deps: CloudLayersDeps;
  readonly #folders: KeptFolders;
  readonly #running = new Set<Promise<FetchedLayer>>();
  readonly #stop = new AbortController();

  constructor(deps: CloudLayersDeps) {
    this.#deps = deps;
    this.#folders = new KeptFolders(deps.directory, deps.processId);
  }

  fetch(arn: string): Promise<FetchedLayer> {
    const running = this.#fetch(arn).finally(() => this.#running.delete(running));
    this.#running.add(running);
    return running;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort(new Error('the daemon stops'));
    await Promise.allSettled(this.#running);
  }

  async #fetch(arn: string): Promise<FetchedLayer> {
    // A version never changes: what was fetched once is not asked for again.
    const name = arn.replace(/^arn:[^:]+:lambda:/, '').replaceAll(':', '.');
    if (!/^[\w.-]+$/.test(name)) return { kind: 'missing' };
    const there = this.#folders.find(name);
    const kept = there === undefined ? undefined : await readKept(there);
    if (kept !== undefined) return { kind: 'found', archive: kept };
    if (there !== undefined) await rm(there, { recursive: true, force: true });
    try {
      const folder = await this.#folders.make(name, (part) => this.#fetchInto(part, arn));
      const archive = await readKept(folder);
      return archive === undefined
        ? { kind: 'unreachable', reason: `${folder} was damaged while it was read` }
        : { kind: 'found', archive };
    } catch (error) {
      if (error instanceof NotFetched) return error.outcome;
      throw error;
    }
  }

  async #fetchInto(folder: string, arn: string): Promise<void> {
    const { clock, logger, credentials, longest } = this.#deps;
    const own = await credentials();
    if (own === undefined) throw new NotFetched({ kind: 'unreachable', reason: noCredentials });
    const late = new AbortController();
    using _timer = clock.timer(patience, () => late.abort(new Error(`AWS took more than ${patience / 1000} seconds`)));
    const stopped = AbortSignal.any([this.#stop.signal, late.signal]);
    const { Location: location = '', CodeSha256: sha256 = '' } = await this.#ask(arn, own, stopped);
    logger.info(`Fetching the layer ${arn} from AWS, once.`);
    const archive = await explained(download(location, longest, stopped));
    const found = digestOf(archive);
    if (found.toString('base64') !== sha256) {
      throw new NotFetched({ kind: 'unreachable', reason: 'what was downloaded is not what AWS has announced' });
    }
    await writeFile(join(folder, `${found.toString('hex')}.zip`), archive);
  }

  async #ask(
    arn: string,
    credentials: NonNullable<Awaited<ReturnType<OwnCredentials>>>,
    signal: AbortSignal,
  ): Promise<{ readonly Location?: string | undefined; readonly CodeSha256?: string | undefined }> {
    const { GetLayerVersionByArnCommand, LambdaClient } = await import('@aws-sdk/client-lambda');
    const where = region(parseArn(arn)?.region ?? '');
    const endpoint = this.#deps.endpoint ?? awsEndpoint('lambda', where);
    const client = new LambdaClient({ region: where, endpoint, credentials, maxAttempts: 2 });
    try {
      const { Content } = await client.send(new GetLayerVersionByArnCommand({ Arn: arn }), { abortSignal: signal });
      return Content ?? {};
    } catch (error) {
      throw new NotFetched(outcomeOf(error));
    } finally {
      client.destroy();
    }
  }
}

const noCredentials =
  'the daemon has no AWS credentials. Start it with AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY set.';

/** Carries the outcome out of a folder that is not finished then. */
class NotFetched extends Error {
  readonly outcome: FetchedLayer;

  constructor(outcome: FetchedLayer) {
    super(outcome.kind);
    this.outcome = outcome;
  }
}

function outcomeOf(error: unknown): FetchedLayer {
  if (!(error instanceof Error)) return { kind: 'unreachable', reason: String(error) };
  if (error.name === 'ResourceNotFoundException') return { kind: 'missing' };
  if (error.name === 'AccessDeniedException') return { kind: 'refused', message: error.message };
  return { kind: 'unreachable', reason: `${nameOf(error)}${error.message}${causeOf(error)}` };
}

/** Names that say nothing are left out. */
const nameOf = ({ name }: Error): string => (name === 'Error' || name === 'TypeError' ? '' : `${name}: `);
/** `fetch` tells in its cause what went wrong. */
const causeOf = ({ cause }: Error): string =>
  cause instanceof Error && cause.message !== '' ? `: ${cause.message}` : '';

async function explained<Value>(work: Promise<Value>): Promise<Value> {
  try {
    return await work;
  } catch (error) {
    throw new NotFetched(outcomeOf(error));
  }
}

/** @returns nothing for what is not what its name says */
async function readKept(folder: string): Promise<Buffer | undefined> {
  const [file] = await readdir(folder);
  if (file === undefined) return undefined;
  const archive = await readFile(join(folder, file));
  return `${digestOf(archive).toString('hex')}.zip` === file ? archive : undefined;
}

const digestOf = (archive: Buffer): Buffer => createHash('sha256').update(archive).digest();

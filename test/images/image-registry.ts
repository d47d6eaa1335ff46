/** A registry of its own for a test, with one small image that an engine can pull. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { arch } from 'node:os';
import { gzipSync } from 'node:zlib';

const manifestType = 'application/vnd.docker.distribution.manifest.v2+json';

interface Blob {
  readonly digest: string;
  readonly content: Buffer;
}

export class ImageRegistry implements AsyncDisposable {
  /** `localhost:5000`, before the names of images. */
  readonly host: string;
  /** Hexadecimal SHA-256 of the image's manifest. */
  readonly digest: string;
  /** Whether everybody is refused. */
  locked = false;
  /** What the second half of the layer waits for. */
  halfway: Promise<void> = Promise.resolve();
  readonly #server: Server;

  private constructor(server: Server, digest: string) {
    this.#server = server;
    this.host = `localhost:${(server.address() as AddressInfo).port}`;
    this.digest = digest;
  }

  /**
   * Has the image under every name. @see https://distribution.github.io/distribution/spec/api/
   * @param tar its only layer, an archive
   */
  static async start(tar: Buffer = Buffer.alloc(10_240)): Promise<ImageRegistry> {
    const layer = blob(gzipSync(tar));
    const config = blob({
      architecture: arch() === 'arm64' ? 'arm64' : 'amd64',
      os: 'linux',
      config: { Entrypoint: ['/none'] },
      rootfs: { type: 'layers', diff_ids: [blob(tar).digest] },
    });
    const manifest = blob({
      schemaVersion: 2,
      mediaType: manifestType,
      config: described('application/vnd.docker.container.image.v1+json', config),
      layers: [described('application/vnd.docker.image.rootfs.diff.tar.gzip', layer)],
    });
    const server = createServer((request, response) => {
      if (registry.locked) {
        const body = { errors: [{ code: 'DENIED', message: 'requested access to the resource is denied' }] };
        send(response, 403, 'application/json', Buffer.from(JSON.stringify(body)));
        return;
      }
      const [, kind, name] = /\/(manifests|blobs)\/(.+)$/.exec(request.url ?? '') ?? [];
      const found = kind === 'manifests' ? manifest : [layer, config].find(({ digest }) => digest === name);
      if (request.url === '/v2/') send(response, 200, 'application/json', Buffer.from('{}'));
      else if (found === undefined) send(response, 404, 'application/json', Buffer.from('{}'));
      else if (kind === 'manifests') send(response, 200, manifestType, found.content, found.digest);
      else if (found === layer && request.method === 'GET') void sendInHalves(response, found, registry.halfway);
      else send(response, 200, 'application/octet-stream', found.content, found.digest);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const registry = new ImageRegistry(server, manifest.digest.replace('sha256:', ''));
    return registry;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

function blob(content: Buffer | object): Blob {
  const bytes = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
  return { digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}`, content: bytes };
}

const described = (mediaType: string, { digest, content }: Blob) => ({ mediaType, digest, size: content.length });

function send(response: ServerResponse, status: number, type: string, body: Buffer, digest?: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': body.length,
    ...(digest === undefined ? {} : { 'docker-content-digest': digest }),
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}

async function sendInHalves(
  response: ServerResponse,
  { content, digest }: Blob,
  halfway: Promise<void>,
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': content.length,
    'docker-content-digest': digest,
  });
  const half = Math.ceil(content.length / 2);
  response.write(content.subarray(0, half));
  await halfway;
  response.end(content.subarray(half));
}

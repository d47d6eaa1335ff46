/** A debugger of Python: speaks the Debug Adapter Protocol to debugpy's adapter, as editors do. */
import { connect, type Socket } from 'node:net';

type Message = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly wanted: (message: Message) => boolean;
  readonly resolve: (message: Message) => void;
  readonly reject: (error: Error) => void;
}

export class DapClient implements AsyncDisposable {
  readonly #socket: Socket;
  readonly #unread: Message[] = [];
  #waiting: Waiting[] = [];
  #bytes = Buffer.alloc(0);
  #sent = 0;
  readonly closed: Promise<void>;

  private constructor(port: number) {
    this.#socket = connect(port, '127.0.0.1');
    this.#socket.on('error', () => {}); // its end is what counts
    this.#socket.on('data', (chunk: Buffer) => this.#read(chunk));
    this.closed = new Promise((resolve) =>
      this.#socket.once('close', () => {
        for (const { reject } of this.#waiting) reject(new Error('the adapter has ended the connection'));
        resolve();
      }),
    );
  }

  /**
   * Attaches with breakpoints.
   * @param remote where the function sees the folder
   * @param lines counted from 1
   */
  static async attach(
    port: number,
    folder: { readonly local: string; readonly remote: string },
    file: string,
    lines: readonly number[],
  ): Promise<DapClient> {
    const client = new DapClient(port);
    try {
      await client.request('initialize', { adapterID: 'python', pathFormat: 'path', linesStartAt1: true });
      const attached = client.request('attach', {
        justMyCode: true,
        pathMappings: [{ localRoot: folder.local, remoteRoot: folder.remote }],
      });
      await Promise.race([client.event('initialized'), attached]);
      await client.request('setBreakpoints', {
        source: { path: `${folder.local}/${file}` },
        breakpoints: lines.map((line) => ({ line })),
      });
      await client.request('configurationDone');
      await attached;
      return client;
    } catch (error) {
      await client[Symbol.asyncDispose]();
      throw error;
    }
  }

  /** @throws Error when the adapter refuses it */
  async request(command: string, args: Message = {}): Promise<Message> {
    this.#sent += 1;
    const sequence = this.#sent;
    const text = JSON.stringify({ seq: sequence, type: 'request', command, arguments: args });
    this.#socket.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
    const answer = await this.#next(({ type, request_seq: of }) => type === 'response' && of === sequence);
    if (answer['success'] !== true) throw new Error(`${command}: ${JSON.stringify(answer)}`);
    return (answer['body'] ?? {}) as Message;
  }

  async event(name: string): Promise<Message> {
    const found = await this.#next(({ type, event }) => type === 'event' && event === name);
    return (found['body'] ?? {}) as Message;
  }

  /** The value of an expression where the function stands still. */
  async evaluate(stopped: Message, expression: string): Promise<unknown> {
    const { stackFrames } = await this.request('stackTrace', { threadId: stopped['threadId'], levels: 1 });
    const [frame] = stackFrames as readonly { readonly id: number }[];
    return (await this.request('evaluate', { expression, frameId: frame?.id, context: 'watch' }))['result'];
  }

  /** Goes away without a word, as an editor that crashes. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.destroy();
    await this.closed;
  }

  #next(wanted: (message: Message) => boolean): Promise<Message> {
    const at = this.#unread.findIndex(wanted);
    const [found] = at < 0 ? [] : this.#unread.splice(at, 1);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => this.#waiting.push({ wanted, resolve, reject }));
  }

  #read(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (;;) {
      const end = this.#bytes.indexOf('\r\n\r\n');
      const length = Number(/Content-Length: (\d+)/.exec(this.#bytes.toString('latin1', 0, Math.max(end, 0)))?.[1]);
      if (end < 0 || this.#bytes.length < end + 4 + length) return;
      const text = this.#bytes.toString('utf8', end + 4, end + 4 + length);
      this.#bytes = this.#bytes.subarray(end + 4 + length);
      this.#take(JSON.parse(text) as Message);
    }
  }

  #take(message: Message): void {
    const waiting = this.#waiting.find(({ wanted }) => wanted(message));
    if (waiting === undefined) this.#unread.push(message);
    else {
      this.#waiting = this.#waiting.filter((other) => other !== waiting);
      waiting.resolve(message);
    }
  }
}

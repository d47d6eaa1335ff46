/** A debugger of Node.js: finds the session of a port as debuggers do, and speaks the Chrome DevTools Protocol to it. */
import assert from 'node:assert/strict';

type Message = Readonly<Record<string, unknown>>;

interface Waiting {
  readonly method: string;
  readonly resolve: (params: Message) => void;
}

export class InspectorClient implements AsyncDisposable {
  readonly #socket: WebSocket;
  readonly #answers = new Map<number, (answer: Message) => void>();
  readonly #events: Message[] = [];
  #waiting: Waiting[] = [];
  #sent = 0;
  readonly closed: Promise<void>;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    this.closed = new Promise((resolve) => socket.addEventListener('close', () => resolve()));
    socket.addEventListener('message', ({ data }) => this.#take(JSON.parse(String(data)) as Message));
  }

  /** @param host as the debugger writes it, which the answer repeats */
  static async attach(port: number, host = '127.0.0.1'): Promise<InspectorClient> {
    const list = await fetch(`http://${host}:${port}/json/list`);
    const [session] = (await list.json()) as readonly { readonly webSocketDebuggerUrl: string }[];
    const url = session?.webSocketDebuggerUrl ?? '';
    assert.match(url, new RegExp(`^ws://${host}:${port}/`));
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no session at ${url}`)));
    });
    return new InspectorClient(socket);
  }

  /** @throws Error when the process refuses it */
  async send(method: string, params: Message = {}): Promise<Message> {
    this.#sent += 1;
    const id = this.#sent;
    const answer = new Promise<Message>((resolve) => this.#answers.set(id, resolve));
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await answer;
    if (error !== undefined) throw new Error(`${method}: ${JSON.stringify(error)}`);
    return result as Message;
  }

  /** The next event of a kind, or one that came already and nobody has taken. */
  event(method: string): Promise<Message> {
    const at = this.#events.findIndex((event) => event['method'] === method);
    if (at >= 0) return Promise.resolve(this.#events.splice(at, 1)[0]?.['params'] as Message);
    return new Promise((resolve) => this.#waiting.push({ method, resolve }));
  }

  /** @param line counted from 1 */
  async breakpoint(urlRegex: string, line: number): Promise<void> {
    await this.send('Debugger.enable');
    await this.send('Debugger.setBreakpointByUrl', { urlRegex, lineNumber: line - 1 });
  }

  /** The value of an expression where the function stands still. */
  async evaluate(paused: Message, expression: string): Promise<unknown> {
    const [frame] = paused['callFrames'] as readonly { readonly callFrameId: string }[];
    const found = await this.send('Debugger.evaluateOnCallFrame', {
      callFrameId: frame?.callFrameId,
      expression,
      returnByValue: true,
    });
    return (found['result'] as { readonly value?: unknown }).value;
  }

  /** Lets so many milliseconds go by: each turn asks the process. */
  async pass(milliseconds: number): Promise<void> {
    const now = async (): Promise<number> => {
      const { result } = await this.send('Runtime.evaluate', { expression: 'Date.now()', returnByValue: true });
      return Number((result as { readonly value: unknown }).value);
    };
    for (const due = (await now()) + milliseconds; (await now()) < due; );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#socket.close();
    await this.closed;
  }

  #take(message: Message): void {
    const answer = this.#answers.get(Number(message['id']));
    if (answer !== undefined) {
      this.#answers.delete(Number(message['id']));
      answer(message);
      return;
    }
    const waiting = this.#waiting.find(({ method }) => method === message['method']);
    if (waiting === undefined) {
      this.#events.push(message);
      return;
    }
    this.#waiting = this.#waiting.filter((other) => other !== waiting);
    waiting.resolve(message['params'] as Message);
  }
}

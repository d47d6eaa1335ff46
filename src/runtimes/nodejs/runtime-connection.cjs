/** The one kept-alive HTTP/1.1 connection to the Runtime API, on a bare socket: one request at a time. */
'use strict';

const { connect } = require('node:net');
const { ReplyReader } = require('./reply-reader.cjs');

const base = '/2018-06-01/runtime/';
/** Up to this many characters, head and body leave in one write. */
const oneWriteLimit = 65_536;

class RuntimeConnection {
  #socket;
  #host;
  #onReply = null;
  /** Whether a whole document was posted and its reply is awaited. */
  #posting = false;
  #nextRequest;

  /** @param {string} address `host:port`, the value of `AWS_LAMBDA_RUNTIME_API`. */
  constructor(address) {
    const colon = address.lastIndexOf(':');
    this.#host = address;
    this.#nextRequest = `GET ${base}invocation/next HTTP/1.1\r\nHost: ${address}\r\n\r\n`;
    this.#socket = connect({
      host: address.slice(0, colon).replace(/^\[|\]$/g, ''),
      port: Number(address.slice(colon + 1)),
      noDelay: true,
    });
    const reader = new ReplyReader((reply) => this.#receive(reply));
    this.#socket.on('data', (bytes) => reader.push(bytes));
    this.#socket.on('error', (error) => this.#stop(error));
    this.#socket.on('close', () => this.#stop());
    this.release();
  }

  /** Asks for the next event; `onReply` gets it when there is one. */
  next(onReply) {
    this.#onReply = onReply;
    this.#socket.ref();
    this.#socket.write(this.#nextRequest, 'latin1');
  }

  /**
   * Posts a JSON document below `/runtime/`.
   * @param {string} path as `invocation/<id>/response`
   * @param {string} body JSON text
   * @param {string} errorType value of `Lambda-Runtime-Function-Error-Type`, or '' for a response
   */
  post(path, body, errorType, onReply) {
    this.#onReply = onReply;
    this.#posting = true;
    this.#socket.ref();
    const length = Buffer.byteLength(body);
    const head =
      `POST ${base}${path} HTTP/1.1\r\nHost: ${this.#host}\r\nContent-Type: application/json\r\n` +
      `${errorType === '' ? '' : `Lambda-Runtime-Function-Error-Type: ${headerText(errorType)}\r\n`}Content-Length: ${length}\r\n\r\n`;
    if (length <= oneWriteLimit) {
      this.#socket.write(head + body, 'utf8');
      return;
    }
    this.#socket.cork();
    this.#socket.write(head, 'latin1');
    this.#socket.write(body, 'utf8');
    this.#socket.uncork();
  }

  /** Starts a chunked request; its body goes through `write`, its end through `write` of the last chunk. */
  openChunked(path, headers, onReply) {
    this.#onReply = onReply;
    this.#socket.ref();
    const lines = headers.map(([name, value]) => `${name}: ${headerText(value)}\r\n`).join('');
    const head = `POST ${base}${path} HTTP/1.1\r\nHost: ${this.#host}\r\nTransfer-Encoding: chunked\r\n${lines}\r\n`;
    this.#socket.write(head, 'latin1');
  }

  /** Writes raw bytes of a request that `openChunked` began; `onWritten` is called once the socket has taken them. */
  write(bytes, onWritten) {
    this.#socket.write(bytes, onWritten);
  }

  /** What `writes` writes leaves in one write of the system. */
  inOneWrite(writes) {
    this.#socket.cork();
    try {
      writes();
    } finally {
      this.#socket.uncork();
    }
  }

  /** Calls `onSent` once what was posted is certain to have arrived: at once, or instead of the post's `onReply`. */
  afterPost(onSent) {
    if (this.#posting) this.#onReply = onSent;
    else onSent();
  }

  /** While user code runs, this socket must not count as something that the event loop waits for. */
  release() {
    this.#socket.unref();
  }

  /** Nothing is left to wait for but the end of the environment. */
  hold() {
    this.#socket.ref();
  }

  /** Without the daemon there is nobody to work for; only one that never was is worth a word. */
  #stop(error) {
    if (error?.syscall !== 'connect') process.exit(0);
    process.stderr.write(`The Lambda Runtime API at ${this.#host} does not answer: ${error.message}\n`);
    process.exit(1);
  }

  #receive(reply) {
    const onReply = this.#onReply;
    this.#onReply = null;
    this.#posting = false;
    onReply?.(reply);
  }
}

/** Header values come from user code (an error's name): one line of printable ASCII. */
function headerText(value) {
  return String(value).replace(/[^\x20-\x7e]/g, '?');
}

module.exports = { RuntimeConnection };

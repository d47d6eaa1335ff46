/** One event on its way through a handler that streams: answered once, by a stream or by an error. */
'use strict';

const { errorDocument } = require('./error-document.cjs');
const { ResponseStream } = require('./response-stream.cjs');
const { highWaterMark } = require('./streaming-global.cjs');

class StreamedInvocation {
  #connection;
  #log;
  #requestId;
  #onDone;
  #stream = null;
  #failed = false;
  // The invocation ends when both are true.
  #accepted = false;
  #settled = false;

  constructor({ connection, log, requestId, onDone }) {
    this.#connection = connection;
    this.#log = log;
    this.#requestId = requestId;
    this.#onDone = onDone;
  }

  get answered() {
    return this.#failed || this.#stream?.unopened === false;
  }

  run(handler, event, context) {
    const stream = new ResponseStream(this.#connection, this.#requestId, () => this.#accept(), handler[highWaterMark]);
    this.#stream = stream;
    stream.on('error', (error) => this.fail(error));
    stream.on('close', () => this.#failUnfinished());
    let result;
    try {
      result = handler(event, stream, context);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (typeof result?.then !== 'function') {
      this.fail(new Error('Streaming does not support non-async handlers.'));
      return;
    }
    result.then(
      (value) => {
        if (value !== undefined) console.warn('Streaming handlers ignore return values.');
        this.#settle();
      },
      (error) => this.fail(error),
    );
  }

  /** A stream that nobody ends runs into the time-out, as at AWS; behind one that was ended nothing more can come. */
  onEmptyEventLoop() {
    if (this.#accepted) this.#settle();
    else this.#connection.hold();
  }

  fail(error) {
    if (this.#failed) return;
    this.#failed = true;
    this.#log.failure('Invoke Error', error);
    if (this.#stream === null || this.#stream.unopened) {
      this.abandon(error, this.#onDone);
    } else {
      this.#stream.fail(errorDocument(error));
      this.#settle();
    }
  }

  /** Answers with an error that is already logged; only possible while nothing was streamed. */
  abandon(error, onDone) {
    this.#failed = true;
    const document = errorDocument(error);
    const path = `invocation/${this.#requestId}/error`;
    this.#connection.post(path, JSON.stringify(document), document.errorType, onDone);
  }

  /** The whole response was taken; the handler may go on without it. */
  #accept() {
    this.#accepted = true;
    if (this.#settled) this.#onDone();
    else this.#connection.release();
  }

  /** A stream that is piped to may well be written to after its handler has returned. */
  #settle() {
    if (this.#settled) return;
    this.#settled = true;
    if (this.#accepted) this.#onDone();
    else this.#failUnfinished();
  }

  #failUnfinished() {
    const { destroyed, errored, writableFinished } = this.#stream;
    if (!this.#settled || !destroyed || writableFinished) return;
    this.fail(errored ?? new Error('Response stream is not finished.'));
  }
}

module.exports = { StreamedInvocation };

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
  /** The invocation ends when the response was taken and the handler has settled. */
  #unfinished = 2;

  constructor({ connection, log, requestId, onDone }) {
    this.#connection = connection;
    this.#log = log;
    this.#requestId = requestId;
    this.#onDone = onDone;
  }

  get answered() {
    return this.#failed || !this.#stream.unopened;
  }

  run(handler, event, context) {
    this.#stream = new ResponseStream(this.#connection, this.#requestId, () => this.#finish(), handler[highWaterMark]);
    this.#stream.on('error', (error) => this.fail(error));
    // The async wrapper turns a handler that throws at once into one that rejects.
    const run = async () => handler(event, this.#stream, context);
    run().then(
      () => {
        this.#stream.end();
        this.#finish();
      },
      (error) => this.fail(error),
    );
  }

  onEmptyEventLoop() {
    if (!this.answered) this.#stream.end();
  }

  fail(error) {
    if (this.#failed) return;
    this.#log.failure('Invoke Error', error);
    if (this.#stream.unopened) {
      this.abandon(error, this.#onDone);
    } else {
      this.#failed = true;
      this.#stream.fail(errorDocument(error));
      this.#finish();
    }
  }

  /** Answers with an error that is already logged; only possible while nothing was streamed. */
  abandon(error, onDone) {
    this.#failed = true;
    const document = errorDocument(error);
    const path = `invocation/${this.#requestId}/error`;
    this.#connection.post(path, JSON.stringify(document), document.errorType, onDone);
  }

  #finish() {
    this.#unfinished -= 1;
    if (this.#unfinished === 0) this.#onDone();
  }
}

module.exports = { StreamedInvocation };

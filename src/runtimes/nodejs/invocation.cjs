/** One event on its way through the handler: whatever the handler does, it is answered once. */
'use strict';

class Invocation {
  #connection;
  #log;
  #requestId;
  #takesCallbacks;
  #onDone;
  #answered = false;
  /** What to do when nothing keeps the event loop alive any more and the handler has not answered. */
  #atEmptyLoop = () => this.succeed(null);

  /** `onDone` is called when the Runtime API has taken the answer. */
  constructor({ connection, log, requestId, takesCallbacks, onDone }) {
    this.#connection = connection;
    this.#log = log;
    this.#requestId = requestId;
    this.#takesCallbacks = takesCallbacks;
    this.#onDone = onDone;
  }

  get answered() {
    return this.#answered;
  }

  run(handler, event, context) {
    if (this.#takesCallbacks) this.#addCompletions(context);
    let result;
    try {
      result = handler(event, context, this.#takesCallbacks ? this.#callback(context) : undefined);
    } catch (error) {
      this.fail(error);
      return;
    }
    if (typeof result?.then === 'function') {
      this.#atEmptyLoop = () => this.fail(neverSettled());
      result.then(
        (value) => this.succeed(value),
        (error) => this.fail(error),
      );
    } else if (!this.#takesCallbacks) {
      this.succeed(result);
    }
    // Where there are callbacks, a plain return value says nothing: the callback or an empty event loop answers.
  }

  /** The event loop has run dry: answer now or never. */
  onEmptyEventLoop() {
    if (!this.#answered) this.#atEmptyLoop();
  }

  succeed(value) {
    if (this.#answered) return;
    let body;
    try {
      body = JSON.stringify(value) ?? 'null';
    } catch (error) {
      this.fail(unserializable(error, this.#takesCallbacks));
      return;
    }
    this.#answered = true;
    this.#connection.post(`invocation/${this.#requestId}/response`, body, '', this.#onDone);
  }

  fail(error) {
    if (this.#answered) return;
    this.#log.failure('Invoke Error', error);
    this.abandon(error, this.#onDone);
  }

  /** Answers with an error that is already logged. */
  abandon(error, onDone) {
    this.#answered = true;
    const document = require('./error-document.cjs').errorDocument(error);
    const path = `invocation/${this.#requestId}/error`;
    this.#connection.post(path, JSON.stringify(document), document.errorType, onDone);
  }

  /** The third parameter of a handler, up to `nodejs22.x`. */
  #callback(context) {
    return (error, value) => {
      const answer = () => (error === undefined || error === null ? this.succeed(value) : this.fail(error));
      if (context.callbackWaitsForEmptyEventLoop) this.#atEmptyLoop = answer;
      else answer();
    };
  }

  /** `context.succeed`, `fail` and `done`: the way of answering from before there were callbacks. */
  #addCompletions(context) {
    context.succeed = (value) => this.succeed(value);
    context.fail = (error) => this.fail(error ?? 'handled');
    context.done = (error, value) => (error === undefined || error === null ? this.succeed(value) : this.fail(error));
  }
}

function neverSettled() {
  const error = new Error(
    'The Lambda runtime client detected an unexpected Node.js exit code. This is most commonly caused by a Promise ' +
      'that was never settled. For more information, see https://nodejs.org/docs/latest/api/process.html#process_exit_codes',
  );
  error.name = 'Runtime.NodeJsExit';
  return error;
}

function unserializable(cause, olderRuntime) {
  const error = new Error('Unable to stringify response body', { cause });
  if (!olderRuntime) error.name = 'Runtime.JSONStringifyError';
  return error;
}

module.exports = { Invocation };

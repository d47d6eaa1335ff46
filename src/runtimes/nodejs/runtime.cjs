/** The loop of a runtime: wait for an event, run the handler, answer; and what happens when it all breaks. */
'use strict';

const { Invocation } = require('./invocation.cjs');
const { functionContext, invocationContext } = require('./invocation-context.cjs');
const { isStreaming } = require('./streaming-global.cjs');

class Runtime {
  #connection;
  #log;
  #env;
  #takesCallbacks;
  #shared;
  #handler = null;
  #invocation = null;
  #crashing = false;

  constructor({ connection, log, env, takesCallbacks }) {
    this.#connection = connection;
    this.#log = log;
    this.#env = env;
    this.#takesCallbacks = takesCallbacks;
    this.#shared = functionContext(env);
  }

  /** Ends the init phase. */
  start(handler) {
    if (this.#crashing) return;
    this.#handler = handler;
    this.#awaitEvent();
  }

  /** A pending answer may depend on it: see `callbackWaitsForEmptyEventLoop`. */
  onEmptyEventLoop() {
    // A top-level `await` that nothing can settle any more: Node.js itself has this exit code for it.
    if (this.#handler === null) process.exit(13);
    this.#invocation?.onEmptyEventLoop();
  }

  /** Reports an error that nothing caught, where somebody waits for an answer, and ends the process. */
  crash(label, error, exitCode) {
    if (this.#crashing) return;
    this.#crashing = true;
    this.#log.failure(label, error);
    const exit = () => process.exit(exitCode);
    if (this.#handler === null) this.#reportInitError(error, exit);
    else if (this.#invocation?.answered === false) this.#invocation.abandon(error, exit);
    else this.#connection.afterPost(exit);
  }

  crashOfRejection(reason, promise, exitCode) {
    const error = Object.assign(new Error(String(reason)), { reason, promise });
    Object.defineProperty(error, 'name', { value: 'Runtime.UnhandledPromiseRejection' });
    Error.captureStackTrace(error);
    this.crash('Unhandled Promise Rejection', error, exitCode);
  }

  #awaitEvent = () => {
    this.#connection.next(this.#runEvent);
  };

  #runEvent = ({ status, headers, body }) => {
    if (status !== 200) process.exit(1); // the Runtime API has no more use for this process
    const requestId = headers['lambda-runtime-aws-request-id'];
    this.#log.requestId = requestId;
    this.#setTraceId(headers['lambda-runtime-trace-id']);
    this.#connection.release();
    const needs = {
      connection: this.#connection,
      log: this.#log,
      requestId,
      takesCallbacks: this.#takesCallbacks,
      onDone: this.#awaitEvent,
    };
    const invocation = isStreaming(this.#handler) ? newStreamed(needs) : new Invocation(needs);
    this.#invocation = invocation;
    let event;
    let context;
    try {
      event = JSON.parse(body.toString());
      context = invocationContext(this.#shared, headers);
    } catch (error) {
      invocation.fail(error);
      return;
    }
    invocation.run(this.#handler, event, context);
  };

  #setTraceId(traceId) {
    if (traceId === undefined) delete this.#env._X_AMZN_TRACE_ID;
    else this.#env._X_AMZN_TRACE_ID = traceId;
  }

  #reportInitError(error, onDone) {
    const document = require('./error-document.cjs').errorDocument(error);
    this.#connection.post('init/error', JSON.stringify(document), document.errorType, onDone);
  }
}

function newStreamed(needs) {
  const { StreamedInvocation } = require('./streamed-invocation.cjs');
  return new StreamedInvocation(needs);
}

module.exports = { Runtime };

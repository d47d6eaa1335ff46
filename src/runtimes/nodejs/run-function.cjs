/** Loads the handler, then asks the Lambda Runtime API for one event after another. */
'use strict';

// What is rarely needed is required where it is needed: a cold start pays for each file read here.
const { existsSync } = require('node:fs');
const { installConsole } = require('./console-lines.cjs');
const { loadHandler } = require('./handler-loader.cjs');
const { Runtime } = require('./runtime.cjs');
const { installStreaming } = require('./streaming-global.cjs');

/** AWS removed callbacks from the runtimes that follow `nodejs22.x`. */
const callbacksUntil = 22;

function runFunction(connection) {
  const { env } = process;
  const named = /nodejs(\d+)/.exec(env.AWS_EXECUTION_ENV ?? '')?.[1];
  const takesCallbacks = Number(named ?? process.versions.node.split('.')[0]) <= callbacksUntil;
  const log = installConsole(globalThis.console, env);
  const runtime = new Runtime({ connection, log, env, takesCallbacks });

  installStreaming(globalThis);
  const layers = (env.NODE_PATH ?? '').split(':').filter((path) => path.endsWith('/node_modules') && existsSync(path));
  if (layers.length > 0) require('./imports-from-layers.cjs').installImports(layers);
  process.on('beforeExit', () => runtime.onEmptyEventLoop());
  // The exit codes are those of AWS's runtime.
  process.on('uncaughtException', (error) => runtime.crash('Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason, promise) => runtime.crashOfRejection(reason, promise, 128));

  loadHandler(env.LAMBDA_TASK_ROOT ?? process.cwd(), env._HANDLER ?? '', takesCallbacks).then(
    (handler) => runtime.start(handler),
    (error) => runtime.crash('Uncaught Exception', error, 129),
  );
}

module.exports = { runFunction };

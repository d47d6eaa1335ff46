/** Runs a Node.js function: connects to the Lambda Runtime API, and while that takes its time, loads the function. */
'use strict';

const { RuntimeConnection } = require('./runtime-connection.cjs');

const connection = new RuntimeConnection(process.env.AWS_LAMBDA_RUNTIME_API ?? '');
// A socket connects at the end of a turn: what comes now waits for the next one, or the connection would wait for it.
process.nextTick(() => require('./run-function.cjs').runFunction(connection));

/** Turns `console` into the log lines of AWS's runtime, written to stdout before the call returns. */
'use strict';

const { writeSync } = require('node:fs');

const severity = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
const levelOfMethod = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/**
 * Replaces the methods of `console` that print. `console.table` and the like go through `console.log`.
 * @param {NodeJS.ProcessEnv} env `AWS_LAMBDA_LOG_FORMAT` (`JSON` or text) and, for JSON only, `AWS_LAMBDA_LOG_LEVEL`
 */
function installConsole(console, env) {
  const json = env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const least = json ? (severity[env.AWS_LAMBDA_LOG_LEVEL?.toUpperCase() ?? 'INFO'] ?? 0) : 0;
  const log = new FunctionLog(json);
  for (const [method, level] of Object.entries(levelOfMethod)) {
    console[method] = severity[level] < least ? () => {} : (...values) => log.write(level, values);
  }
  return log;
}

class FunctionLog {
  /** The invocation that lines are counted to; `undefined`, as AWS prints it too, before the first. */
  requestId = undefined;
  #json;

  constructor(json) {
    this.#json = json;
  }

  write(level, values) {
    const time = new Date().toISOString();
    if (this.#json) this.#print(require('./json-line.cjs').jsonLine(time, level, this.requestId, values));
    else this.#printText(time, level, textOf(values));
  }

  /** Logs an error that ends an invocation or the process. */
  failure(label, error) {
    if (this.#json) this.write('ERROR', [error]);
    else this.write('ERROR', [`${label} \t${require('./error-document.cjs').loggedError(error)}`]);
  }

  #printText(time, level, text) {
    // A carriage return keeps the lines of one message together as one event.
    this.#print(`${time}\t${this.requestId}\t${level}\t${text.replace(/\n/g, '\r')}`);
  }

  #print(line) {
    let rest = Buffer.from(`${line}\n`);
    while (rest.length > 0) {
      try {
        rest = rest.subarray(writeSync(1, rest));
      } catch (error) {
        if (error.code !== 'EAGAIN') return; // nobody reads any more
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1); // the pipe is full
      }
    }
  }
}

function textOf(values) {
  return values.length === 1 && typeof values[0] === 'string' ? values[0] : require('node:util').format(...values);
}

module.exports = { installConsole };

/** Runs one test file in a process of its own and says what came of each test, however the process ended. */
import { spawn } from 'node:child_process';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root, toolEnvironment } from './npm-packages.mjs';

const reporter = fileURLToPath(new URL('./event-reporter.mjs', import.meta.url));

/** How much of what a failed file printed is shown. */
const OUTPUT_SHOWN = 8_000;
const LAST_OUTPUT = 1_000;

/**
 * @param {AbortSignal} signal ends the process with all its children.
 * @param {number} silence milliseconds without any test starting or ending after which the file counts as stuck.
 * @returns {Promise<{file: string, passed: number, failures: {name: string, text: string}[], skipped: {name: string, reason: string}[]}>}
 */
export async function runTestFile(node, path, { signal, silence }) {
  const result = { file: relative(root, path), passed: 0, failures: [], skipped: [] };
  // Its own group, so that whatever a test leaves behind ends with it.
  const child = spawn(node, ['--test-reporter', reporter, path], {
    cwd: root,
    // A test file started by another test runner would report to that one.
    env: toolEnvironment({ NODE_TEST_CONTEXT: undefined }),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    detached: true,
  });
  const watch = new Watch(child, { signal, silence });
  const output = collectOutput(child);
  const running = new Map();
  const warnings = [];
  for await (const event of eventsFrom(child.stdio[3])) {
    watch.alive();
    if (event.type === 'test:diagnostic') warnings.push(event.text);
    else record(event, running, result);
  }
  const exit = await watch.exited;
  explainEnd(exit, { running, result, output: [...warnings, output()].join('\n').trim() });
  return result;
}

/** Lines end with a newline and nothing else: a test's message may hold other characters that editors take for one. */
async function* eventsFrom(stream) {
  let rest = '';
  for await (const part of stream.setEncoding('utf8')) {
    const lines = (rest + part).split('\n');
    // What a process did not finish writing before it was ended says nothing.
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

function record(event, running, result) {
  const { type, name, nesting, skip, todo, kind, failure } = event;
  if (type === 'test:start') {
    running.set(nesting, name);
    return;
  }
  running.delete(nesting);
  if (skip !== undefined && skip !== false) {
    result.skipped.push({ name, reason: skip === true ? 'no reason given' : String(skip) });
  } else if (kind === 'suite' || (todo !== undefined && todo !== false)) {
    // Only its members count; a suite that fails by itself (in a hook) is a failure all the same.
    if (type === 'test:fail' && kind === 'suite' && failure.type !== 'subtestsFailed')
      result.failures.push({ name, text: failure.text });
  } else if (type === 'test:pass') {
    result.passed += 1;
  } else if (failure.type !== 'subtestsFailed') {
    result.failures.push({ name, text: failure.text });
  }
}

function explainEnd({ code, signal, stuck }, { running, result, output }) {
  const last = [...running.values()].at(-1);
  const during = last === undefined ? '' : ` during "${last}"`;
  if (stuck !== undefined) {
    result.failures.push({
      name: `the file ${stuck}${during}`,
      text: `Something was still open or waited for.\n${output}`,
    });
  } else if (signal !== null) {
    result.failures.push({ name: `the process was ended by ${signal}${during}`, text: output });
  } else if (code !== 0 && result.failures.length === 0) {
    result.failures.push({ name: `the process ended with exit code ${code}${during}`, text: output });
  } else if (result.passed + result.failures.length + result.skipped.length === 0) {
    result.failures.push({ name: 'the file holds no test', text: output });
  } else if (result.failures.length > 0 && output !== '') {
    result.failures.push({ ...result.failures.pop(), output });
  }
}

function collectOutput(child) {
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      text = (text + part).slice(-OUTPUT_SHOWN);
    });
  }
  return () => text.trim();
}

/** Ends the group when it is told to or when nothing happens for too long. */
class Watch {
  exited;
  #timer;

  constructor(child, { signal, silence }) {
    let stuck;
    const end = (reason) => {
      stuck ??= reason;
      endGroup(child);
    };
    this.#timer = setTimeout(() => end(`did nothing for ${Math.round(silence / 1000)} seconds`), silence);
    const onAbort = () => end('was still running when the time for all tests was up');
    signal.addEventListener('abort', onAbort, { once: true });
    if (signal.aborted) onAbort();
    this.exited = new Promise((resolve) => {
      child.once('error', (error) => resolve({ code: null, signal: error.message }));
      child.once('exit', (code, ending) => {
        clearTimeout(this.#timer);
        signal.removeEventListener('abort', onAbort);
        endGroup(child);
        // What it printed last may still be on its way; a stranger that holds the pipe open is not waited for.
        const settle = () => resolve({ code, signal: ending, stuck });
        child.once('close', settle);
        setTimeout(settle, LAST_OUTPUT).unref();
      });
    });
  }

  alive() {
    this.#timer.refresh();
  }
}

function endGroup(child) {
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

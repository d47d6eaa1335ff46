/** Test reporter that hands every event to the parent process as it happens, so that a crash loses none. */
import { writeSync } from 'node:fs';

/** The parent reads one JSON object a line from this descriptor. */
const EVENTS = 3;

export default async function* report(source) {
  for await (const { type, data } of source) {
    // Warnings about the file as a whole, such as an error thrown after its test had ended.
    if (type === 'test:diagnostic' && /^(?:Error|Warning): /.test(data.message))
      writeLine(JSON.stringify({ type, text: data.message }));
    if (type !== 'test:pass' && type !== 'test:fail' && type !== 'test:start') continue;
    const { name, nesting, skip, todo, details, line } = data;
    const kind = details?.type ?? 'test';
    writeLine(JSON.stringify({ type, name, nesting, skip, todo, kind, line, failure: failureOf(details?.error) }));
  }
  yield '';
}

function failureOf(error) {
  if (error === undefined) return undefined;
  const { cause } = error;
  const text = cause instanceof Error ? cause.stack : typeof cause === 'string' ? cause : undefined;
  return { type: error.failureType, text: text ?? error.stack ?? String(error) };
}

function writeLine(line) {
  let rest = Buffer.from(`${line}\n`);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(EVENTS, rest));
    } catch (error) {
      // The parent is slow to read: it will.
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

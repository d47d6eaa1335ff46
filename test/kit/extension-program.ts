/** An extension as people write them, to be put into a layer: it tells all that it is told to a collector of the test. */

export interface ExtensionWishes {
  /** What it registers for. */
  readonly events?: readonly string[];
  /** A path of this API it subscribes with, and what it subscribes to besides the destination. */
  readonly telemetry?: { readonly path: string; readonly body: Readonly<Record<string, unknown>> };
  /** JavaScript, run with `event` at each event before the next is asked for. */
  readonly onEvent?: string;
  /** JavaScript, run before it registers. */
  readonly atStart?: string;
  /** JavaScript, run when it has registered and subscribed. */
  readonly atReady?: string;
  /** JavaScript, the answer of the telemetry listener; default is to take what comes. */
  readonly onTelemetry?: string;
}

/** @param collector the port at which it posts JSON documents, to the host that it has its Runtime API from */
export function extensionProgram(
  collector: number,
  { events = ['INVOKE', 'SHUTDOWN'], telemetry, ...scripts }: ExtensionWishes = {},
): string {
  const { onEvent = '', atStart = '', atReady = '', onTelemetry = 'response.end()' } = scripts;
  return `#!/usr/bin/env node
const http = require('node:http');
const name = require('node:path').basename(__filename);
const api = (method, path, headers, body) => new Promise((resolve, reject) => {
  const url = 'http://' + process.env.AWS_LAMBDA_RUNTIME_API + path;
  const request = http.request(url, { method, headers }, (response) => {
    let text = '';
    response.on('data', (chunk) => { text += chunk; });
    response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: text }));
  });
  request.on('error', reject);
  request.end(body);
});
let told = Promise.resolve();
// One after the other: the order is part of what is told.
const tell = (what) => (told = told.then(() => post(what)));
const post = (what) => new Promise((resolve) => {
  const host = process.env.AWS_LAMBDA_RUNTIME_API.split(':')[0];
  http.request({ host, port: ${collector}, method: 'POST' }, (response) => {
    response.resume();
    response.on('end', resolve);
  }).on('error', resolve).end(JSON.stringify({ name, ...what }));
});
const listen = () => new Promise((resolve) => {
  const server = http.createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => { text += chunk; });
    request.on('end', async () => {
      ${onTelemetry};
      await tell({ telemetry: JSON.parse(text) });
    });
  }).listen(0, '127.0.0.1', () => resolve(server.address().port));
});
(async () => {
  ${atStart}
  const registered = await api('POST', '/2020-01-01/extension/register', {
    'Lambda-Extension-Name': name, 'Lambda-Extension-Accept-Feature': 'accountId',
  }, ${JSON.stringify(JSON.stringify({ events }))});
  await tell({ registered: { status: registered.status, body: JSON.parse(registered.body) } });
  const id = { 'Lambda-Extension-Identifier': registered.headers['lambda-extension-identifier'] };
  const subscription = ${JSON.stringify(telemetry) ?? 'undefined'};
  if (subscription) {
    const destination = { protocol: 'HTTP', URI: 'http://sandbox.localdomain:' + await listen() + '/telemetry' };
    const answer = await api('PUT', subscription.path, id, JSON.stringify({ destination, ...subscription.body }));
    await tell({ subscribed: answer.status, body: answer.body });
  }
  ${atReady}
  for (;;) {
    const event = JSON.parse((await api('GET', '/2020-01-01/extension/event/next', id)).body);
    await tell({ event });
    ${onEvent}
    if (event.eventType === 'SHUTDOWN') process.exit(0);
  }
})();
`;
}

/**
 * The floor of a runtime: waits for an event, sends it back, on `node:http` with one connection kept alive. Arguments: the
 * port, and the host where it is not this one.
 */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const port = Number(process.argv[2]);
const host = process.argv[3] ?? '127.0.0.1';

function exchange(method, headers, body, done) {
  const sent = request({ agent, host, port, path: '/', method, headers }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => chunks.push(chunk));
    response.on('end', () => done(response.headers, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  });
  sent.on('error', () => process.exit(0));
  sent.end(body);
}

function next() {
  exchange('GET', {}, undefined, (headers, body) => {
    const answer = JSON.stringify(JSON.parse(body));
    exchange('POST', { 'x-id': headers['x-id'], 'content-length': Buffer.byteLength(answer) }, answer, next);
  });
}

next();

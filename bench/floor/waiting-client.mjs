/** The floor of a runtime: waits for an event, sends it back, on `node:http` with one connection kept alive. */
import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
const port = Number(process.argv[2]);

function exchange(method, headers, body, done) {
  const sent = request({ agent, host: '127.0.0.1', port, path: '/', method, headers }, (response) => {
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

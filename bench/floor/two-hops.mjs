/**
 * The floor of an invocation: two raw `node:http` servers in one process, one for the caller and one on which runtimes
 * wait, and nothing else. Prints the two ports. Argument: the address at which runtimes come; loopback without one.
 */
import { createServer } from 'node:http';

const waiting = [];
const queued = [];

function hand() {
  while (waiting.length > 0 && queued.length > 0) {
    const response = waiting.pop();
    const call = queued.shift();
    const id = String((hand.next = (hand.next ?? 0) + 1));
    calls.set(id, call.response);
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': call.body.length, 'x-id': id });
    response.end(call.body);
  }
}

const calls = new Map();

function whole(request, done) {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => done(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
}

const callers = createServer((request, response) => {
  whole(request, (body) => {
    queued.push({ body, response });
    hand();
  });
});

const runtimes = createServer((request, response) => {
  if (request.method === 'GET') {
    waiting.push(response);
    hand();
    return;
  }
  whole(request, (body) => {
    const caller = calls.get(request.headers['x-id']);
    calls.delete(request.headers['x-id']);
    response.writeHead(202, { 'content-length': 0 });
    response.end();
    caller.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
    caller.end(body);
  });
});

callers.listen(0, '127.0.0.1', () => {
  runtimes.listen(0, process.argv[2] ?? '127.0.0.1', () => {
    console.log(JSON.stringify({ callers: callers.address().port, runtimes: runtimes.address().port }));
  });
});

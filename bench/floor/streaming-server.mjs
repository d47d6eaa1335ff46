/** The floor of a function that streams: a raw `node:http` server. The path says how many bytes. Prints its port. */
import { createServer } from 'node:http';

const part = Buffer.alloc(64 * 1024);

const server = createServer(async (request, response) => {
  request.resume();
  response.write(String(process.hrtime.bigint()));
  for (let left = Number(request.url.slice(1)); left > 0; left -= part.length) {
    if (!response.write(part)) await new Promise((go) => response.once('drain', go));
  }
  response.end();
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));

/** The floor of a streamed answer: a raw `node:http` proxy before the server on the given port. Prints its own port. */
import { Agent, createServer, request } from 'node:http';

const agent = new Agent({ keepAlive: true });
const port = Number(process.argv[2]);

const server = createServer((incoming, response) => {
  const { method, url: path, headers } = incoming;
  const outgoing = request({ agent, host: '127.0.0.1', port, method, path, headers }, (answer) => {
    response.writeHead(answer.statusCode, answer.rawHeaders);
    answer.pipe(response);
  });
  incoming.pipe(outgoing);
});

server.listen(0, '127.0.0.1', () => console.log(server.address().port));

/** A Fastify application as its users write it; handler `index.handler`. */
'use strict';

const { Readable } = require('node:stream');
const { pipeline } = require('node:stream/promises');
const awsLambdaFastify = require('@fastify/aws-lambda');
const cookie = require('@fastify/cookie');
const fastify = require('fastify');

const app = fastify();
app.register(cookie);

app.get('/', async (_request, reply) => reply.type('text/html').send('<h1>Shop</h1>'));

app.post('/orders', async (request, reply) => {
  reply.setCookie('order', '1', { httpOnly: true }).setCookie('seen', 'yes').header('x-shop', 'tea').code(201);
  return { ordered: request.body };
});

/** Goes on when whoever listens at `gate` answers: the test decides when. */
app.get('/ticks', async (request, reply) => {
  async function* ticks() {
    yield 'first';
    await (await fetch(request.query.gate)).text();
    yield 'second';
  }
  return reply.type('text/plain').send(Readable.from(ticks()));
});

app.get('/bytes', async (request, reply) => {
  async function* parts() {
    const part = Buffer.alloc(64 * 1024, 7);
    for (let sent = 0; sent < Number(request.query.size); sent += part.length) yield part;
  }
  return reply.type('application/x-tea').send(Readable.from(parts()));
});

app.get('/nothing', async (_request, reply) => reply.code(204).send());

app.get('/broken', async () => {
  throw new Error('broken on purpose');
});

const proxy = awsLambdaFastify(app, { payloadAsStream: true });

exports.handler = awslambda.streamifyResponse(async (event, responseStream, context) => {
  const { meta, stream } = await proxy(event, context);
  await pipeline(stream, awslambda.HttpResponseStream.from(responseStream, meta));
});

app.ready();

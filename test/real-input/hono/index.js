/** A Hono application as its users write it; handler `index.handler`. */
import { Hono } from 'hono';
import { streamHandle } from 'hono/aws-lambda';
import { setCookie } from 'hono/cookie';
import { stream, streamSSE } from 'hono/streaming';

const app = new Hono();

/** Resolves when whoever listens there answers: the test decides when a stream goes on. */
const told = async (url) => {
  await (await fetch(url)).text();
};

app.get('/', (c) => c.html('<h1>Shop</h1>'));

app.post('/orders', async (c) => {
  setCookie(c, 'order', '1', { httpOnly: true });
  setCookie(c, 'seen', 'yes');
  return c.json({ ordered: await c.req.json() }, 201, { 'x-shop': 'tea' });
});

app.get('/ticks', (c) =>
  streamSSE(c, async (events) => {
    await events.writeSSE({ event: 'tick', data: 'first', id: '1' });
    await told(c.req.query('gate'));
    await events.writeSSE({ event: 'tick', data: 'second', id: '2' });
  }),
);

app.get('/bytes', (c) =>
  stream(c, async (body) => {
    c.header('content-type', 'application/x-tea');
    const part = new Uint8Array(64 * 1024).fill(7);
    for (let sent = 0; sent < Number(c.req.query('size')); sent += part.length) await body.write(part);
  }),
);

app.get('/nothing', (c) => c.body(null, 204));

app.get('/broken', () => {
  throw new Error('broken on purpose');
});

export const handler = streamHandle(app);

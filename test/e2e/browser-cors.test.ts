/** Web pages of other origins in a real browser call function URLs: what Cors lets them do, and what not. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { after, before, suite, test } from 'node:test';
import type { Cors } from '@aws-sdk/client-lambda';
import { AnsweringServer } from '../kit/answering-server.ts';
import { Browser, chromiumPath } from '../kit/browser.ts';
import { TestDaemon } from '../kit/test-daemon.ts';
import { urlOf } from '../kit/url-of.ts';

/** Says what it was asked, and sets a cookie that pages of other sites may send back. */
const echo = {
  'index.js': `
    let calls = 0;
    exports.handler = async ({ requestContext, headers, cookies, body }) => ({
      statusCode: 200,
      headers: { 'x-own': 'yes', 'content-type': 'application/json' },
      cookies: ['seen=1; Path=/'],
      body: JSON.stringify({ calls: ++calls, method: requestContext.http.method, custom: headers['x-custom'], cookies, body }),
    });`,
};

const streaming = {
  'index.js': `exports.handler = awslambda.streamifyResponse(async (event, stream) => {
    const body = awslambda.HttpResponseStream.from(stream, { statusCode: 200, headers: { 'content-type': 'text/plain' } });
    for (const part of ['one ', 'two ', 'three']) { body.write(part); await new Promise((done) => setTimeout(done, 20)); }
    body.end();
  });`,
};

interface Asked {
  readonly url: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly credentials?: 'include' | 'omit';
}

interface Got {
  readonly status?: number;
  readonly text?: string;
  readonly own?: string | null;
  /** The browser kept the answer from the page. */
  readonly refused?: string;
}

/** Runs in the browser. */
async function ask({ url, ...init }: Asked): Promise<Got> {
  try {
    const answer = await fetch(url, init);
    return { status: answer.status, text: await answer.text(), own: answer.headers.get('x-own') };
  } catch (error) {
    return { refused: String(error) };
  }
}

suite('CORS in Chromium', { skip: !existsSync(chromiumPath) && 'there is no Chromium here' }, () => {
  let lambdad: TestDaemon;
  let pages: AnsweringServer;
  let browser: Browser;
  /** The port is the same for both: what differs is the name, and with it the origin. */
  let port: string;
  before(async () => {
    lambdad = await TestDaemon.start();
    pages = await AnsweringServer.start((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<title>page</title>');
    });
    port = pages.address.split(':')[1] ?? '';
    browser = await Browser.start();
  });
  after(async () => {
    await browser[Symbol.asyncDispose]();
    await pages[Symbol.asyncDispose]();
    await lambdad[Symbol.asyncDispose]();
  });

  async function urlWith(cors: Cors | undefined, code: Readonly<Record<string, string>> = echo): Promise<string> {
    const { name } = await lambdad.function({ code });
    const InvokeMode = code === streaming ? 'RESPONSE_STREAM' : 'BUFFERED';
    const host = await urlOf(lambdad.lambda, name, 'NONE', { InvokeMode, ...(cors && { Cors: cors }) });
    return `http://${host}:${lambdad.port}/`;
  }
  /** Of the same site as the URLs, which is what cookies go by, and of another origin. */
  const friend = (): string => `http://friend.us-east-1.localhost:${port}`;
  const stranger = (): string => `http://stranger.localhost:${port}`;
  const from = (origin: string, asked: Asked): Promise<Got> => browser.on(`${origin}/`, ask, asked);
  const said = ({ text = 'null' }: Got): Record<string, unknown> | null => JSON.parse(text) as Record<string, unknown>;

  test('without Cors a page of another origin may not read the answer', async () => {
    assert.match((await from(friend(), { url: await urlWith(undefined) })).refused ?? '', /Failed to fetch/);
  });

  test('an origin that is listed may; another may not', async () => {
    const url = await urlWith({ AllowOrigins: [friend()] });
    const got = await from(friend(), { url });
    assert.deepEqual([got.status, said(got)?.['method']], [200, 'GET']);
    assert.match((await from(stranger(), { url })).refused ?? '', /Failed to fetch/);
  });

  test('a preflight lets the listed methods and headers through, and runs nothing', async () => {
    const url = await urlWith({ AllowOrigins: ['*'], AllowMethods: ['PUT'], AllowHeaders: ['x-custom'] });
    const headers = { 'x-custom': 'mine' };
    const got = await from(friend(), { url, method: 'PUT', headers });
    assert.partialDeepStrictEqual(said(got), { calls: 1, method: 'PUT', custom: 'mine' });
    assert.match((await from(friend(), { url, method: 'DELETE' })).refused ?? '', /Failed to fetch/);
    assert.match((await from(friend(), { url, method: 'PUT', headers: { 'x-other': '1' } })).refused ?? '', /Failed/);
    assert.equal(said(await from(friend(), { url, method: 'PUT' }))?.['calls'], 2, 'what was refused ran nothing');
  });

  test('a page sees of the headers only those that are exposed', async () => {
    const hidden = await urlWith({ AllowOrigins: ['*'] });
    const exposed = await urlWith({ AllowOrigins: ['*'], ExposeHeaders: ['x-own'] });
    assert.equal((await from(friend(), { url: hidden })).own, null);
    assert.equal((await from(friend(), { url: exposed })).own, 'yes');
  });

  test('credentials travel where they are allowed, with any origin too, and nowhere else', async () => {
    const open = await urlWith({
      AllowOrigins: ['*'],
      AllowCredentials: true,
      AllowMethods: ['*'],
      AllowHeaders: ['*'],
    });
    const asked: Asked = { url: open, method: 'PUT', headers: { 'x-custom': 'a' }, credentials: 'include' };
    await from(friend(), asked);
    assert.deepEqual(said(await from(friend(), asked))?.['cookies'], ['seen=1']);
    assert.equal(said(await from(friend(), { ...asked, credentials: 'omit' }))?.['cookies'], undefined);
    const closed = await urlWith({ AllowOrigins: [friend()] });
    assert.match((await from(friend(), { url: closed, credentials: 'include' })).refused ?? '', /Failed to fetch/);
    assert.equal((await from(friend(), { url: closed })).status, 200);
  });

  test('a stream is read part by part', async () => {
    const url = await urlWith({ AllowOrigins: [friend()] }, streaming);
    const parts = await browser.on(
      `${friend()}/`,
      async (asked: string) => {
        const reader = (await fetch(asked)).body?.pipeThrough(new TextDecoderStream()).getReader();
        const read: string[] = [];
        for (let next = await reader?.read(); next?.done === false; next = await reader?.read()) read.push(next.value);
        return read;
      },
      url,
    );
    assert.equal(parts.join(''), 'one two three');
    assert.ok(parts.length > 1, 'in more than one part');
  });
});

/** The stream that a streaming handler writes its response to: a chunked POST over the Runtime API connection. */
'use strict';

const { Writable } = require('node:stream');

const preludeEnd = Buffer.alloc(8);

class ResponseStream extends Writable {
  #connection;
  #path;
  #onReply;
  #contentType = 'application/octet-stream';
  #prelude = null;
  #state = 'unopened'; // then 'open', then 'closed'

  /** `onReply` is called when the Runtime API has accepted the whole response. */
  constructor(connection, requestId, onReply, highWaterMark) {
    super(highWaterMark === undefined ? {} : { highWaterMark });
    this.#connection = connection;
    this.#path = `invocation/${requestId}/response`;
    this.#onReply = onReply;
  }

  setContentType(contentType) {
    this.#contentType = contentType;
  }

  /** The status, headers and cookies of an HTTP answer; they leave in front of the first byte. */
  setPrelude(prelude) {
    this.#contentType = 'application/vnd.awslambda.http-integration-response';
    this.#prelude = Buffer.concat([Buffer.from(JSON.stringify(prelude)), preludeEnd]);
  }

  get unopened() {
    return this.#state === 'unopened';
  }

  /** Ends a response that has begun with an error in its trailer. */
  fail(errorDocument) {
    if (this.#state !== 'open') return;
    const body = Buffer.from(JSON.stringify(errorDocument)).toString('base64');
    const type = errorDocument.errorType.replace(/[^\x20-\x7e]/g, '?');
    this.#close(`Lambda-Runtime-Function-Error-Type: ${type}\r\nLambda-Runtime-Function-Error-Body: ${body}\r\n`);
    this.destroy();
  }

  _write(bytes, _encoding, done) {
    this.#open();
    this.#connection.write(chunk(bytes), done);
  }

  _final(done) {
    this.#open();
    this.#close('');
    done();
  }

  #open() {
    if (this.#state !== 'unopened') return;
    this.#state = 'open';
    this.#connection.openChunked(this.#path, this.#headers(), this.#onReply);
    if (this.#prelude !== null) this.#connection.write(chunk(this.#prelude));
  }

  #headers() {
    return [
      ['Content-Type', this.#contentType],
      ['Lambda-Runtime-Function-Response-Mode', 'streaming'],
      ['Trailer', 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body'],
    ];
  }

  #close(trailer) {
    this.#state = 'closed';
    this.#connection.write(`0\r\n${trailer}\r\n`);
  }
}

function chunk(bytes) {
  return Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
}

/** What functions know as `awslambda.HttpResponseStream`. */
const HttpResponseStream = {
  from(responseStream, prelude) {
    responseStream.setPrelude(prelude);
    return responseStream;
  },
};

module.exports = { ResponseStream, HttpResponseStream };

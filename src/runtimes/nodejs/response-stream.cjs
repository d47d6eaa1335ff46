/** The stream that a streaming handler writes its response to: a chunked POST over the Runtime API connection. */
'use strict';

const { Writable } = require('node:stream');

const preludeEnd = new Uint8Array(8);
const lineEnd = Buffer.from('\r\n');
/** Up to this many bytes, copying a chunk is cheaper than writing it in parts. */
const copiedUpTo = 4096;

class ResponseStream extends Writable {
  #connection;
  #path;
  #onReply;
  #contentType = 'application/octet-stream';
  #state = 'unopened'; // then 'open', then 'closed'

  /** `onReply` is called when the Runtime API has accepted the whole response. */
  constructor(connection, requestId, onReply, highWaterMark) {
    super(highWaterMark === undefined ? {} : { highWaterMark });
    this.#connection = connection;
    this.#path = `invocation/${requestId}/response`;
    this.#onReply = onReply;
  }

  setContentType(contentType) {
    if (!this.unopened) throw tooLate();
    this.#contentType = contentType;
  }

  get unopened() {
    return this.#state === 'unopened';
  }

  /** What is neither text nor bytes is written as JSON. */
  write(chunk, encoding, callback) {
    return super.write(isWritable(chunk) ? chunk : JSON.stringify(chunk), encoding, callback);
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
    this.#connection.inOneWrite(() => {
      this.#open();
      this.#send(bytes, done);
    });
  }

  /** What was written while the connection was busy is one chunk. */
  _writev(chunks, done) {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), 'buffer', done);
  }

  _final(done) {
    this.#connection.inOneWrite(() => {
      this.#open();
      this.#close('');
    });
    done();
  }

  #open() {
    if (this.#state !== 'unopened') return;
    this.#state = 'open';
    this.#connection.openChunked(this.#path, this.#headers(), this.#onReply);
    // Libraries set this member themselves where they bring an `HttpResponseStream` of their own.
    this._onBeforeFirstWrite?.((bytes) => this.#send(Buffer.from(bytes)));
  }

  #headers() {
    return [
      ['Content-Type', this.#contentType],
      ['Lambda-Runtime-Function-Response-Mode', 'streaming'],
      ['Trailer', 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body'],
    ];
  }

  /** A chunk of no bytes would be the last one. */
  #send(bytes, done) {
    if (bytes.length === 0) {
      done?.();
      return;
    }
    const size = Buffer.from(`${bytes.length.toString(16)}\r\n`);
    if (bytes.length <= copiedUpTo) {
      this.#connection.write(Buffer.concat([size, bytes, lineEnd]), done);
      return;
    }
    this.#connection.write(size);
    this.#connection.write(bytes);
    this.#connection.write(lineEnd, done);
  }

  #close(trailer) {
    this.#state = 'closed';
    this.#connection.write(`0\r\n${trailer}\r\n`);
  }
}

/** The rest, `null` among it, Node.js refuses by itself. */
function isWritable(chunk) {
  return typeof chunk === 'string' || ArrayBuffer.isView(chunk) || chunk === null || chunk === undefined;
}

function tooLate() {
  const error = new Error('Cannot set content-type, too late.');
  error.name = 'Runtime.InvalidStreamingOperation';
  return error;
}

/** What functions know as `awslambda.HttpResponseStream`. */
const HttpResponseStream = {
  /** The status, headers and cookies of an HTTP answer; they leave in front of the first byte. */
  from(responseStream, prelude) {
    responseStream.setContentType('application/vnd.awslambda.http-integration-response');
    const text = JSON.stringify(prelude);
    responseStream._onBeforeFirstWrite = (write) => {
      write(text);
      write(preludeEnd);
    };
    return responseStream;
  },
};

module.exports = { ResponseStream, HttpResponseStream };

/** Reads HTTP/1.1 replies from bytes that arrive split anywhere; knows just what a Runtime API server sends. */
'use strict';

const nothing = Buffer.alloc(0);

class ReplyReader {
  #onReply;
  #unread = nothing;
  #state = 'head';
  #reply = null;
  #parts = [];
  /** Bytes that the body, or its current chunk, still lacks. */
  #missing = 0;

  /** @param {(reply: { status: number, headers: Record<string, string>, body: Buffer }) => void} onReply */
  constructor(onReply) {
    this.#onReply = onReply;
  }

  push(bytes) {
    let rest = this.#unread.length === 0 ? bytes : Buffer.concat([this.#unread, bytes]);
    this.#unread = nothing;
    while (rest.length > 0) {
      const left = this.#step(rest);
      if (left === null) {
        this.#unread = rest;
        return;
      }
      rest = left;
    }
  }

  #step(bytes) {
    switch (this.#state) {
      case 'head':
        return this.#readHead(bytes);
      case 'body':
        return this.#readBody(bytes);
      case 'chunk-size':
        return this.#readChunkSize(bytes);
      case 'chunk':
        return this.#readChunk(bytes);
      default:
        return this.#readTrailer(bytes);
    }
  }

  // Each step takes what it can from the front and returns the rest, or null when it needs more bytes than there are.

  #readHead(bytes) {
    const end = bytes.indexOf('\r\n\r\n');
    if (end < 0) return null;
    this.#reply = parseHead(bytes.latin1Slice(0, end));
    const { status, headers } = this.#reply;
    const rest = bytes.subarray(end + 4);
    if (status < 200) return rest;
    if (headers['transfer-encoding']?.toLowerCase() === 'chunked') {
      this.#state = 'chunk-size';
      return rest;
    }
    this.#missing = Number(headers['content-length'] ?? 0);
    if (this.#missing > rest.length) {
      this.#state = 'body';
      return rest;
    }
    // The usual case: all of it is here, and nothing is copied.
    this.#reply.body = rest.subarray(0, this.#missing);
    this.#finish();
    return rest.subarray(this.#missing);
  }

  #readBody(bytes) {
    const rest = this.#take(bytes);
    if (this.#missing === 0) this.#finish();
    return rest;
  }

  #readChunkSize(bytes) {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return null;
    this.#missing = Number.parseInt(bytes.latin1Slice(0, end), 16);
    this.#state = this.#missing === 0 ? 'trailer' : 'chunk';
    return bytes.subarray(end + 2);
  }

  #readChunk(bytes) {
    if (this.#missing > 0) return this.#take(bytes);
    if (bytes.length < 2) return null;
    this.#state = 'chunk-size';
    return bytes.subarray(2);
  }

  #readTrailer(bytes) {
    const end = bytes.indexOf('\r\n');
    if (end < 0) return null;
    if (end === 0) this.#finish();
    return bytes.subarray(end + 2);
  }

  #take(bytes) {
    const part = bytes.subarray(0, this.#missing);
    this.#parts.push(part);
    this.#missing -= part.length;
    return bytes.subarray(part.length);
  }

  #finish() {
    const reply = this.#reply;
    if (this.#parts.length > 0) reply.body = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#reply = null;
    this.#state = 'head';
    this.#onReply(reply);
  }
}

function parseHead(text) {
  let at = text.indexOf('\r\n');
  const status = Number(text.slice(9, 12));
  const headers = {};
  while (at >= 0) {
    const end = text.indexOf('\r\n', at + 2);
    const line = end < 0 ? text.slice(at + 2) : text.slice(at + 2, end);
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
    at = end;
  }
  return { status, headers, body: nothing };
}

module.exports = { ReplyReader };

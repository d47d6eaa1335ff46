/** Which protocol a client speaks, by the first bytes that it sends: all of them are served on the same port. */

export type Protocol = 'http' | 'http2' | 'tls';

/** The record type of a TLS handshake, with which a ClientHello begins. Source: RFC 8446, 5.1 */
const tlsHandshake = 0x16;

/** How HTTP/2 begins where both sides know that they will speak it. Source: RFC 9113, 3.4 */
const http2Preface = Buffer.from('PRI * HTTP/2.0');

/** @returns nothing while the bytes may still become the one or the other */
export function protocolOf(head: Buffer): Protocol | undefined {
  if (head[0] === tlsHandshake) return 'tls';
  const seen = Math.min(head.length, http2Preface.length);
  if (head.compare(http2Preface, 0, seen, 0, seen) !== 0) return 'http';
  return head.length < http2Preface.length ? undefined : 'http2';
}

/**
 * One message of AWS's event stream encoding: lengths and checksum, headers, payload, checksum.
 * Source: Amazon Transcribe developer guide, "Event stream encoding".
 */
import { crc32 } from 'node:zlib';

/** Length of the message, length of its headers, checksum of these two. */
const preludeSize = 12;
const checksumSize = 4;
/** The code of a header's value that is a string. */
const stringType = 7;

/** @param headers names of at most 255 bytes, values of at most 65,535 */
export function encodeFrame(headers: readonly (readonly [name: string, value: string])[], payload: Uint8Array): Buffer {
  const encoded = Buffer.concat(headers.map(([name, value]) => encodeHeader(name, value)));
  const frame = Buffer.allocUnsafe(preludeSize + encoded.length + payload.length + checksumSize);
  frame.writeUInt32BE(frame.length, 0);
  frame.writeUInt32BE(encoded.length, 4);
  frame.writeUInt32BE(crc32(frame.subarray(0, 8)), 8);
  frame.set(encoded, preludeSize);
  frame.set(payload, preludeSize + encoded.length);
  frame.writeUInt32BE(crc32(frame.subarray(0, frame.length - checksumSize)), frame.length - checksumSize);
  return frame;
}

function encodeHeader(name: string, value: string): Buffer {
  const nameBytes = Buffer.from(name);
  const valueBytes = Buffer.from(value);
  const header = Buffer.allocUnsafe(1 + nameBytes.length + 1 + 2 + valueBytes.length);
  header.writeUInt8(nameBytes.length, 0);
  header.set(nameBytes, 1);
  header.writeUInt8(stringType, 1 + nameBytes.length);
  header.writeUInt16BE(valueBytes.length, 2 + nameBytes.length);
  header.set(valueBytes, 4 + nameBytes.length);
  return header;
}

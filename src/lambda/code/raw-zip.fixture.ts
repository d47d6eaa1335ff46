/** Builds zip archives byte by byte, also such as no tool would make. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly data?: string | Buffer;
  /** Unix mode with its type bits; default a file, 0644. */
  readonly mode?: number;
  readonly stored?: boolean;
  readonly flags?: number;
  readonly method?: number;
  /** What the directory says instead of the truth. */
  readonly size?: number;
  readonly crc?: number;
  /** 3 is Unix, 0 is DOS. */
  readonly madeBy?: number;
}

export const link = (name: string, target: string): RawEntry => ({ name, data: target, mode: 0o120777, stored: true });

export function rawZip(entries: readonly RawEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = headers(entry, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const directorySize = directory.reduce((size, part) => size + part.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directorySize, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, ...directory, end]);
}

function headers(entry: RawEntry, offset: number): { local: Buffer; central: Buffer } {
  const name = Buffer.from(entry.name);
  const data = Buffer.from(entry.data ?? '');
  const packed = entry.stored === true ? data : deflateRawSync(data);
  // Flags to compressed and unpacked size and the name's length: the same in both headers.
  const fields = Buffer.alloc(24);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE((entry.flags ?? 0) | 0x0800, 2);
  fields.writeUInt16LE(entry.method ?? (entry.stored === true ? 0 : 8), 4);
  fields.writeUInt32LE(entry.crc ?? crc32(data), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(entry.size ?? data.length, 18);
  fields.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.alloc(2), name, packed]);
  const tail = Buffer.alloc(16);
  tail.writeUInt32LE(((entry.mode ?? 0o100644) << 16) >>> 0, 8);
  tail.writeUInt32LE(offset, 12);
  const madeBy = Buffer.from([63, entry.madeBy ?? 3]);
  const central = Buffer.concat([Buffer.from('PK\x01\x02'), madeBy, fields, tail, name]);
  return { local, central };
}

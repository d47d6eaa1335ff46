/** Rewrites the end of a zip archive in the form for very large ones, which may promise anything. */

export interface Promised {
  readonly entries?: bigint;
  readonly directorySize?: bigint;
  readonly directoryOffset?: bigint;
}

/** Source: APPNOTE.TXT, "Zip64 end of central directory record" and "locator". */
export function zip64(archive: Buffer, promised: Promised = {}): Buffer {
  const body = archive.subarray(0, -22);
  const end = Buffer.from(archive.subarray(-22));
  const record = Buffer.alloc(56);
  const entries = promised.entries ?? BigInt(end.readUInt16LE(10));
  record.write('PK\x06\x06', 'latin1');
  record.writeBigUInt64LE(44n, 4);
  record.writeUInt16LE(45, 12);
  record.writeUInt16LE(45, 14);
  record.writeBigUInt64LE(entries, 24);
  record.writeBigUInt64LE(entries, 32);
  record.writeBigUInt64LE(promised.directorySize ?? BigInt(end.readUInt32LE(12)), 40);
  record.writeBigUInt64LE(promised.directoryOffset ?? BigInt(end.readUInt32LE(16)), 48);
  const locator = Buffer.alloc(20);
  locator.write('PK\x06\x07', 'latin1');
  locator.writeBigUInt64LE(BigInt(body.length), 8);
  locator.writeUInt32LE(1, 16);
  end.fill(0xff, 8, 20);
  return Buffer.concat([body, record, locator, end]);
}

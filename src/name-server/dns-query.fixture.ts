/** Queries as clients write them, and what their answers say. */

export const queryNumber = 0x1234;

export function queryFor(name: string, type: number, { extended = false } = {}): Buffer {
  const header = Buffer.alloc(12);
  header.writeUInt16BE(queryNumber, 0);
  header.writeUInt16BE(0x0100, 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(extended ? 1 : 0, 10);
  const labels = name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)]));
  const tail = Buffer.from([0, type >> 8, type & 0xff, 0, 1]);
  const options = extended ? Buffer.from([0, 0, 41, 0x10, 0, 0, 0, 0, 0, 0, 0]) : Buffer.alloc(0);
  return Buffer.concat([header, ...labels, tail, options]);
}

export const codeOfAnswer = (answer: Buffer): number => answer.readUInt16BE(2) & 0xf;

/** Of an answer with one address: as a URL writes it. */
export function addressOfAnswer(answer: Buffer): string | undefined {
  if (answer.readUInt16BE(6) !== 1) return undefined;
  let at = 12;
  while (answer[at] !== 0) at += 1 + (answer[at] ?? 0);
  at += 5 + 10;
  const data = answer.subarray(at + 2, at + 2 + answer.readUInt16BE(at));
  if (data.length === 4) return [...data].join('.');
  const groups = Array.from({ length: 8 }, (_, index) => data.readUInt16BE(index * 2).toString(16));
  return new URL(`http://[${groups.join(':')}]`).hostname;
}

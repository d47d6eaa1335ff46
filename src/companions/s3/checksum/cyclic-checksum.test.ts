import assert from 'node:assert/strict';
import { test } from 'node:test';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import {
  CyclicChecksum,
  combinedChecksum,
  crc32cPolynomial,
  crc32Polynomial,
  crc64NvmePolynomial,
  type Polynomial,
} from './cyclic-checksum.ts';

function checksum(polynomial: Polynomial, ...chunks: readonly Buffer[]): Buffer {
  const sum = new CyclicChecksum(polynomial);
  for (const chunk of chunks) sum.update(chunk);
  return sum.digest();
}

test('the check values of the catalogue of parametrised CRC algorithms come out', () => {
  const check = Buffer.from('123456789');
  assert.equal(checksum(crc32Polynomial, check).toString('hex'), 'cbf43926');
  assert.equal(checksum(crc32cPolynomial, check).toString('hex'), 'e3069283');
  assert.equal(checksum(crc64NvmePolynomial, check).toString('hex'), 'ae8b14860a799888');
});

const bytes = fc.uint8Array({ maxLength: 100 }).map((array) => Buffer.from(array));

test('bytes in any pieces have the checksum that zlib finds', () => {
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 5 }), (chunks) => {
      const expected = crc32(Buffer.concat(chunks)).toString(16).padStart(8, '0');
      assert.equal(checksum(crc32Polynomial, ...chunks).toString('hex'), expected);
    }),
  );
});

test('checksums of two messages combine to that of both', () => {
  const polynomials = [crc32Polynomial, crc32cPolynomial, crc64NvmePolynomial];
  fc.assert(
    fc.property(fc.constantFrom(...polynomials), bytes, bytes, (polynomial, first, second) => {
      const [a, b] = [checksum(polynomial, first), checksum(polynomial, second)];
      const both = checksum(polynomial, first, second);
      assert.deepEqual(combinedChecksum(polynomial, a, b, second.length), both);
    }),
  );
});

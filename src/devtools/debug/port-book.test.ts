import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { silentLogger } from '../../kernel/logger.ts';
import { PortBook } from './port-book.ts';

const free = (): boolean => false;

function inFolder(run: (file: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'lambdad-ports-'));
  try {
    run(join(folder, 'debug-ports.json'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('functions have ports of their own, which do not depend on who came first', () => {
  inFolder((file) => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { maxLength: 100 }), (names) => {
        rmSync(file, { force: true });
        const book = new PortBook(file, silentLogger);
        const ports = names.map((name) => book.portOf(name, free));
        assert.equal(new Set(ports).size, names.length);
        const later = new PortBook(file, silentLogger);
        for (const name of names.toReversed()) assert.equal(later.portOf(name, free), ports[names.indexOf(name)]);
      }),
      { numRuns: 20 },
    );
  });
});

test('the same name has the same port on another machine', () => {
  inFolder((file) => {
    inFolder((other) => {
      const name = 'arn:aws:lambda:us-east-1:000000000000:function:hello:$LATEST';
      assert.equal(
        new PortBook(file, silentLogger).portOf(name, free),
        new PortBook(other, silentLogger).portOf(name, free),
      );
    });
  });
});

test('a port that the user gave to another function is not given out', () => {
  inFolder((file) => {
    const port = new PortBook(file, silentLogger).portOf('one', free);
    const book = new PortBook(file, silentLogger);
    const moved = book.portOf('one', (asked) => asked === port);
    assert.notEqual(moved, port);
    assert.notEqual(book.next(moved, free), moved);
  });
});

test('a file that holds something else is no reason to fail', () => {
  inFolder((file) => {
    for (const content of ['', '[]', 'null', '{"one":"x","two":80}', '{']) {
      writeFileSync(file, content);
      const port = new PortBook(file, silentLogger).portOf('two', free);
      assert.ok(port >= 21_000 && port < 22_000);
    }
  });
});

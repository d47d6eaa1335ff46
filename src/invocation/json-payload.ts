/**
 * Whether a payload is JSON, and if not, why: with the sentence that AWS's parser (Jackson) gives, for the mistakes that
 * people make. Only a payload that is refused pays for the scan.
 */

import { isUtf8 } from 'node:buffer';

export interface JsonFault {
  readonly reason: string;
  readonly line: number;
  readonly column: number;
}

export function jsonFaultOf(payload: Buffer): JsonFault | undefined {
  const text = payload.toString('utf8');
  try {
    JSON.parse(text);
    return isUtf8(payload) ? undefined : encodingFault(payload, text);
  } catch {
    return new FaultScan(text).find();
  }
}

/** JSON but for its encoding: the decoder put a replacement character where the bytes are none. */
function encodingFault(payload: Buffer, text: string): JsonFault {
  const repaired = Buffer.from(text);
  const at = repaired.findIndex((byte, index) => byte !== payload[index]);
  const before = payload.subarray(0, at).toString('utf8').split('\n');
  const reason = `Invalid UTF-8 start byte 0x${payload[at]?.toString(16)}`;
  return { reason, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const tokens = ['null', 'true', 'false'];
const values =
  "expected a valid value (JSON String, Number (or 'NaN'/'+INF'/'-INF'), Array, Object or token 'null', 'true' or 'false')";

/** Walks the text with an explicit stack, so that depth costs no call stack. */
class FaultScan {
  readonly #text: string;
  readonly #open: ('Object' | 'Array')[] = [];
  #at = 0;
  /** After a comma or a colon something must come: nothing may be closed. */
  #unfinished = false;

  constructor(text: string) {
    this.#text = text;
  }

  find(): JsonFault {
    let expect: 'value' | 'name' | 'colon' | 'separator' = 'value';
    for (;;) {
      this.#skipSpace();
      const character = this.#text[this.#at];
      if (character === undefined) return this.#endOfInput();
      const step = this.#step(expect, character);
      if (typeof step !== 'string') return step;
      expect = step;
    }
  }

  #step(expect: string, character: string): 'value' | 'name' | 'colon' | 'separator' | JsonFault {
    const inside = this.#open.at(-1);
    const unfinished = this.#unfinished;
    this.#unfinished = false;
    if (!unfinished && expect !== 'colon' && this.#closes(character)) {
      this.#open.pop();
      this.#at += 1;
      return 'separator';
    }
    if (expect === 'separator') {
      if (inside === undefined || character !== ',') {
        return this.#unexpected(character, `was expecting comma to separate ${inside ?? 'root'} entries`);
      }
      this.#at += 1;
      this.#unfinished = true;
      return inside === 'Object' ? 'name' : 'value';
    }
    if (expect === 'colon') {
      if (character !== ':')
        return this.#unexpected(character, 'was expecting a colon to separate field name and value');
      this.#at += 1;
      this.#unfinished = true;
      return 'value';
    }
    if (expect === 'name') {
      if (character !== '"') return this.#unexpected(character, 'was expecting double-quote to start field name');
      return this.#string() ?? 'colon';
    }
    return this.#value(character);
  }

  #closes(character: string): boolean {
    const inside = this.#open.at(-1);
    return (character === '}' && inside === 'Object') || (character === ']' && inside === 'Array');
  }

  #value(character: string): 'value' | 'name' | 'separator' | JsonFault {
    if (character === '{' || character === '[') {
      this.#open.push(character === '{' ? 'Object' : 'Array');
      this.#at += 1;
      return character === '{' ? 'name' : 'value';
    }
    if (character === '"') return this.#string() ?? 'separator';
    const word = /^[\w$.+-]+/.exec(this.#text.slice(this.#at, this.#at + 256))?.[0];
    if (word === undefined) return this.#unexpected(character, values);
    this.#at += word.length;
    if (tokens.includes(word) || /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(word)) return 'separator';
    return this.#fault(
      `Unrecognized token '${word}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
    );
  }

  #string(): JsonFault | undefined {
    for (let at = this.#at + 1; at < this.#text.length; at += 1) {
      const code = this.#text.charCodeAt(at);
      if (code === 0x22) {
        this.#at = at + 1;
        return undefined;
      }
      if (code === 0x5c) {
        const escape = this.#text.slice(at, at + 6);
        const length = /^\\(?:["\\/bfnrt]|u[\da-fA-F]{4})/.exec(escape)?.[0].length;
        const cutOff = /^\\(?:u[\da-fA-F]{0,3})?$/.test(escape);
        if (length === undefined && !cutOff) return this.#escapeFault(at);
        at += (length ?? 1) - 1;
      } else if (code < 0x20) {
        this.#at = at;
        return this.#fault(
          `Illegal unquoted character ((CTRL-CHAR, code ${code})): has to be escaped using backslash to be included in string value`,
        );
      }
    }
    this.#at = this.#text.length;
    return this.#fault('Unexpected end-of-input: was expecting closing quote for a string value');
  }

  #escapeFault(backslash: number): JsonFault {
    const unicode = this.#text[backslash + 1] === 'u';
    const digits = /^[\da-fA-F]*/.exec(this.#text.slice(backslash + 2, backslash + 6))?.[0].length ?? 0;
    this.#at = backslash + (unicode ? 2 + digits : 1);
    const character = this.#text[this.#at] ?? '';
    if (unicode) return this.#unexpected(character, 'expected a hex-digit for character escape sequence');
    return this.#fault(`Unrecognized character escape '${character}' (code ${character.charCodeAt(0)})`);
  }

  #endOfInput(): JsonFault {
    const inside = this.#open.at(-1);
    if (inside === undefined) return this.#fault('No content to map due to end-of-input');
    return this.#fault(`Unexpected end-of-input: expected close marker for ${inside}`);
  }

  #unexpected(character: string, expected: string): JsonFault {
    return this.#fault(`Unexpected character ('${character}' (code ${character.charCodeAt(0)})): ${expected}`);
  }

  #fault(reason: string): JsonFault {
    const before = this.#text.slice(0, this.#at).split('\n');
    return { reason, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  }

  #skipSpace(): void {
    while (this.#at < this.#text.length && ' \t\r\n'.includes(this.#text.charAt(this.#at))) this.#at += 1;
  }
}

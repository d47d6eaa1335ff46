/**
 * Reads how a condition is made of smaller ones: OR, AND, NOT and parentheses. The library's parser reads each small one; left
 * to read nested parentheses itself it tries every one several times over, and ten levels take it minutes.
 */

/** What the library's parser makes of a condition, or the text of what is wrong with it. */
export type ParsedCondition =
  | {
      readonly expression: unknown;
      readonly nestedPaths: Readonly<Record<string, true>>;
      readonly pathHeads: Readonly<Record<string, true>>;
    }
  | string;

/** @throws Error SyntaxError for what is no condition at all */
export type ParseCondition = (text: string) => ParsedCondition;

/** Parentheses in parentheses that the library reads in no time, and words what is wrong with them best. */
const shallow = 2;

interface Token {
  readonly kind: 'open' | 'close' | 'or' | 'and' | 'not' | 'between' | 'other';
  readonly text: string;
  readonly at: number;
}

export function parseGroups(text: string, parse: ParseCondition): ParsedCondition {
  if (depthOf(text) <= shallow) return parse(text);
  return new GroupReader(text, parse).read();
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const letter of text) {
    if (letter === '(') deepest = Math.max(deepest, ++depth);
    else if (letter === ')') depth -= 1;
  }
  return deepest;
}

const words: Readonly<Record<string, Token['kind']>> = {
  '(': 'open',
  ')': 'close',
  or: 'or',
  and: 'and',
  not: 'not',
  between: 'between',
};

/** A word that follows a dot or `#` or `:` is a name. */
const pieces = /[.#:]?[A-Za-z0-9_]+|[()]|[^\s]/g;

const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(pieces)].map(({ 0: piece, index }) => {
    const word = piece.toLowerCase();
    return { kind: (Object.hasOwn(words, word) ? words[word] : undefined) ?? 'other', text: piece, at: index };
  });

class GroupReader {
  readonly #text: string;
  readonly #parse: ParseCondition;
  readonly #tokens: readonly Token[];
  readonly #nestedPaths: Record<string, true> = {};
  readonly #pathHeads: Record<string, true> = {};
  #next = 0;
  /** What is wrong beside the syntax: the first thing, but for parentheses, which come before all others. */
  #fault: string | undefined;
  #isRedundant = false;

  constructor(text: string, parse: ParseCondition) {
    this.#text = text;
    this.#parse = parse;
    this.#tokens = tokensOf(text);
  }

  read(): ParsedCondition {
    const expression = this.#or();
    if (this.#token !== undefined) throw this.#syntaxError();
    if (this.#isRedundant) return 'The expression has redundant parentheses;';
    return this.#fault ?? { expression, nestedPaths: this.#nestedPaths, pathHeads: this.#pathHeads };
  }

  get #token(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #take(kind: Token['kind']): boolean {
    const isThere = this.#token?.kind === kind;
    if (isThere) this.#next += 1;
    return isThere;
  }

  #or(): unknown {
    const first = this.#and();
    return this.#take('or') ? { type: 'or', args: [first, this.#or()] } : first;
  }

  #and(): unknown {
    const first = this.#not();
    return this.#take('and') ? { type: 'and', args: [first, this.#and()] } : first;
  }

  #not(): unknown {
    return this.#take('not') ? { type: 'not', args: [this.#group()] } : this.#group();
  }

  #group(): unknown {
    if (!this.#take('open')) return this.#condition();
    const from = this.#next;
    const expression = this.#or();
    if (!this.#take('close')) throw this.#syntaxError();
    if (this.#isGroup(from, this.#next - 1)) this.#isRedundant = true;
    return expression;
  }

  /** Whether all of these tokens stand in one pair of parentheses. */
  #isGroup(from: number, to: number): boolean {
    let depth = 0;
    for (let at = from; at < to; at++) {
      const kind = this.#tokens[at]?.kind;
      if (kind === 'open') depth += 1;
      if (kind === 'close') depth -= 1;
      if (depth === 0) return at === to - 1 && kind === 'close' && this.#tokens[from]?.kind === 'open';
    }
    return false;
  }

  /** A condition without AND and OR, but those of its own: that of BETWEEN. Its parentheses are those of functions and lists. */
  #condition(): unknown {
    const from = this.#token;
    let depth = 0;
    let awaitsAnd = false;
    for (let token = from; token !== undefined; token = this.#token) {
      if (depth === 0 && (token.kind === 'close' || token.kind === 'or' || token.kind === 'not')) break;
      if (depth === 0 && token.kind === 'and' && !awaitsAnd) break;
      if (token.kind === 'and') awaitsAnd = false;
      if (token.kind === 'between') awaitsAnd = true;
      if (token.kind === 'open') depth += 1;
      if (token.kind === 'close') depth -= 1;
      this.#next += 1;
    }
    const text = this.#text.slice(from?.at ?? this.#text.length, this.#token?.at);
    // What is not a function's in here is an operand's, and those need none.
    if (/[^\w\s]\s*\(/.test(text)) {
      this.#isRedundant = true;
      return undefined;
    }
    const parsed = this.#parse(text);
    if (typeof parsed === 'string') {
      this.#fault ??= parsed;
      return undefined;
    }
    Object.assign(this.#nestedPaths, parsed.nestedPaths);
    Object.assign(this.#pathHeads, parsed.pathHeads);
    return parsed.expression;
  }

  #syntaxError(): Error {
    const { text = '<EOF>', at = this.#text.length } = this.#token ?? {};
    const near = this.#text.slice(Math.max(0, at - 10), at + 10);
    return Object.assign(new Error(`token: "${text}", near: "${near}"`), { name: 'SyntaxError' });
  }
}

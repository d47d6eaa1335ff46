/** Makes the library's parsers of expressions bear any text: in size, and in how deep it is nested. */
import conditionParser from 'dynalite/db/conditionParser.js';
import projectionParser from 'dynalite/db/projectionParser.js';
import updateParser from 'dynalite/db/updateParser.js';
import { type ParsedCondition, parseGroups } from './condition-groups.ts';

interface Parser {
  /** @returns What it parsed, or the text of what is wrong. @throws Error SyntaxError */
  parse: (text: string, options: unknown) => unknown;
}

/** Bytes. Source: developer guide, "Quotas in Amazon DynamoDB", expression parameters. */
const largest = 4096;

/** The library takes its parsers from these objects at each call, so that they can be changed in place, once. */
export function guardExpressionParsers(): void {
  guard(projectionParser as Parser, (parse) => parse);
  guard(updateParser as Parser, (parse) => parse);
  guard(
    conditionParser as Parser,
    (parse) => (text, options) => parseGroups(text, (part) => parse(part, options) as ParsedCondition),
  );
}

function guard(parser: Parser, change: (parse: Parser['parse']) => Parser['parse']): void {
  const parse = change(parser.parse);
  parser.parse = (text, options) => {
    const size = Buffer.byteLength(text);
    if (size <= largest) return parse(text, options);
    return `Expression size has exceeded the maximum allowed size; expression size: ${size}`;
  };
}

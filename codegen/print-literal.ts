/** Prints plain data as a TypeScript literal: on one line while it fits, otherwise one entry a line. */

const width = 120;

/** @param indent Columns already used before the literal. */
export function printLiteral(value: unknown, indent = 0): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const entries = Array.isArray(value)
    ? value.map((item) => ['', item] as const)
    : Object.entries(value).map(
        ([key, item]) => [`${/^[A-Za-z_]\w*$/.test(key) ? key : quoted(key)}: `, item] as const,
      );
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{ ', ' }'];
  if (entries.length === 0) return open.trim() + close.trim();
  const line = `${open}${entries.map(([key, item]) => key + printLiteral(item)).join(', ')}${close}`;
  if (line.length + indent <= width && !line.includes('\n')) return line;
  const inner = ' '.repeat(indent + 2);
  const lines = entries.map(([key, item]) => `${inner}${key}${printLiteral(item, indent + 2)},\n`);
  return `${open.trim()}\n${lines.join('')}${' '.repeat(indent)}${close.trim()}`;
}

const quoted = (text: string): string =>
  text.includes("'") ? JSON.stringify(text) : `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"')}'`;

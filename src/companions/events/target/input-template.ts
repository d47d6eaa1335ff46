/** Templates of the input transformer: JSON, or lines of JSON strings, with `<variables>` in values and in strings. */

/** A string escape, the border of a string, or a variable. */
const token = /\\.|"|<([A-Za-z0-9_.-]+)>/gs;

/** The value of a variable, any JSON value; nothing for one that found nothing. */
export type VariableValue = (name: string) => unknown;

/** In a string a value is text, escaped; elsewhere it is JSON. What found nothing is empty. */
export function fillTemplate(template: string, valueOf: VariableValue): string {
  let inString = false;
  return template.replace(token, (text: string, name: string | undefined) => {
    if (text === '"') inString = !inString;
    if (name === undefined) return text;
    const value = valueOf(name);
    if (!inString) return JSON.stringify(value === undefined ? '' : value);
    return JSON.stringify(asText(value)).slice(1, -1);
  });
}

function asText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

export const variablesOf = (template: string): readonly string[] =>
  [...template.matchAll(token)].flatMap(([, name]) => name ?? []);

/** Whether it makes JSON, or lines of JSON, whatever the values are. */
export function isTemplate(template: string): boolean {
  const filled = fillTemplate(template, () => 0);
  return isJson(filled) || filled.split('\n').every((line) => line.trim() === '' || isJson(line));
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

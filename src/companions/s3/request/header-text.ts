/** Text from a URL, a form or a document as a header has it: its bytes in UTF-8, one character each. */
export const headerText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

const unsendable = /[^\t\x20-\x7e\x80-\xff]/;

/** What a document configured may come into a header that cannot hold it. */
export function sendable(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  if (!Object.values(headers).some((value) => unsendable.test(value))) return headers;
  const cleaned = (value: string): string => headerText(value).replace(/[^\t\x20-\x7e\x80-\xff]/g, ' ');
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, unsendable.test(value) ? cleaned(value) : value]),
  );
}

/** Text inside an XML document. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader would make a line feed of it.
  '\r': '&#xD;',
};

/** Control characters are named by their number: alone they would make the document unreadable, or be lost. */
export const xmlText = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  text.replace(/[&<>"\r\0-\x08\x0b\x0c\x0e-\x1f]/g, (character) => escapes[character] ?? numbered(character));

const numbered = (character: string): string => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;

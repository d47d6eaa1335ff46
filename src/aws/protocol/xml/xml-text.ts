/** Text inside an XML document. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '\n',
  '\t': '\t',
};

/** Control characters are named by their number: alone they would make the document unreadable, or be lost. */
export const xmlText = (text: string): string =>
  text.replace(/[&<>"\p{Cc}]/gu, (character) => escapes[character] ?? numbered(character));

const numbered = (character: string): string => `&#x${character.charCodeAt(0).toString(16).toUpperCase()};`;

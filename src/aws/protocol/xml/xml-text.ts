/** Text inside an XML document. */

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // A reader would make a line feed of it.
  '\r': '&#xD;',
};

export const xmlText = (text: string): string =>
  text.replace(/[&<>"\r]/g, (character) => escapes[character] ?? character);

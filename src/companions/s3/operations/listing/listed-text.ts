/** Keys as listings show them: as they are, or percent-encoded for readers of XML, which cannot hold every character. */

/** A slash stays and a space becomes a plus, as S3 has it. */
export const urlEncoded = (text: string): string =>
  encodeURIComponent(text)
    .replaceAll('%2F', '/')
    .replaceAll('%20', '+')
    .replace(/[!'()]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

export type ShowText = (text: string) => string;

export const shownText = (encodingType: string | undefined): ShowText =>
  encodingType === 'url' ? urlEncoded : (text) => text;

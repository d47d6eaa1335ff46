/** Downloads what AWS has given a link to. */

/**
 * @param longest in bytes
 * @throws Error in words for a person
 */
export async function download(url: string, longest: number, signal: AbortSignal): Promise<Buffer> {
  const response = await fetch(url, { signal });
  if (!response.ok || response.body === null)
    throw new Error(`the download was answered with status ${response.status}`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > longest) throw new Error(`the archive is larger than ${longest} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The id of a function URL, which is the first label of its host name. */
import type { Logger } from '../../kernel/logger.ts';
import type { Random } from '../../kernel/random.ts';

/** Tag of the function that names the id of the URLs that are made afterwards. */
export const customIdTag = '_custom_id_';

const customId = /^[A-Za-z]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;
const labelAtMost = 63;

interface UrlIdInput {
  readonly tags: Readonly<Record<string, string>>;
  readonly qualifier: string | undefined;
  readonly isTaken: (id: string) => boolean;
}

/** A wanted id that is no host name's label or that another URL has is not used: a warning says so. */
export function newUrlId(input: UrlIdInput, deps: { readonly random: Random; readonly logger: Logger }): string {
  const wanted = Object.hasOwn(input.tags, customIdTag) ? input.tags[customIdTag] : undefined;
  if (wanted === undefined) return randomId(deps.random);
  const id = input.qualifier === undefined ? wanted : `${wanted}-${input.qualifier}`;
  if (!customId.test(wanted) || id.length > labelAtMost) {
    deps.logger.warn(`The tag ${customIdTag} holds no valid host name label; the function URL gets a random id.`, {
      id,
    });
    return randomId(deps.random);
  }
  if (input.isTaken(id)) {
    deps.logger.warn(`The id in the tag ${customIdTag} is taken; the function URL gets a random one.`, { id });
    return randomId(deps.random);
  }
  return id;
}

/** 32 characters of a–z and 0–9, as AWS makes them: the last digits of 168 random bits in base 36. */
const randomId = (random: Random): string =>
  BigInt(`0x${random.hex(21)}`)
    .toString(36)
    .padStart(32, '0')
    .slice(-32);

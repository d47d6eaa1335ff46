/** Lets `fetch` find names under `.localhost`, as browsers and curl do by themselves and the resolvers of many systems do not. */
import dns, { type LookupOneOptions } from 'node:dns';

type Lookup = (name: string, options: LookupOneOptions, done: (...result: unknown[]) => void) => void;

/** Disposing it gives the resolver of the process back as it was. */
export function findLocalhostNames(): Disposable {
  const original = dns.lookup;
  const lookup: Lookup = (name, options, done) =>
    (original as Lookup)(name.endsWith('.localhost') ? '127.0.0.1' : name, options, done);
  Object.assign(dns, { lookup });
  return { [Symbol.dispose]: () => void Object.assign(dns, { lookup: original }) };
}

/** The paths by which targets pick from an event: `$.detail.items[0].name`, `$.detail.items[*].id`. */

type Step = { readonly kind: 'key'; readonly key: string } | { readonly kind: 'index'; readonly index: number } | Every;
type Every = { readonly kind: 'every' };

/** What a path finds; nothing where there is no such thing. */
export type JsonPath = (value: unknown) => unknown;

const step = /\.([A-Za-z0-9_/-]+)|\.(\*)|\[(\d{1,9})\]|\[(\*)\]|\['([^'\]]+)'\]/y;

/** @returns nothing for what is no path. Source: EventBridge user guide, "Input transformation": the syntax. */
export function parsePath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined;
  const steps: Step[] = [];
  for (let at = 1; at < text.length; at = step.lastIndex) {
    step.lastIndex = at;
    const match = step.exec(text);
    if (match === null) return undefined;
    const [, key, anyKey, index, anyIndex, quoted] = match;
    const name = key ?? quoted;
    if (name !== undefined) steps.push({ kind: 'key', key: name });
    else if (index !== undefined) steps.push({ kind: 'index', index: Number(index) });
    else if (anyKey !== undefined || anyIndex !== undefined) steps.push({ kind: 'every' });
  }
  return (value) => follow(value, steps);
}

function follow(value: unknown, [next, ...rest]: readonly Step[]): unknown {
  if (next === undefined) return value;
  if (typeof value !== 'object' || value === null) return undefined;
  switch (next.kind) {
    case 'key':
      return Object.hasOwn(value, next.key) ? follow(Reflect.get(value, next.key), rest) : undefined;
    case 'index':
      return Array.isArray(value) ? follow(value[next.index], rest) : undefined;
    case 'every':
      return Object.values(value)
        .map((each: unknown) => follow(each, rest))
        .filter((each) => each !== undefined);
  }
}

/** What is made once, on first use. */

/** @returns The value of that key, which `make` makes and `values` keeps where there is none. */
export function kept<Key, Value extends {}>(values: Map<Key, Value>, key: Key, make: () => Value): Value {
  const present = values.get(key);
  if (present !== undefined) return present;
  const value = make();
  values.set(key, value);
  return value;
}

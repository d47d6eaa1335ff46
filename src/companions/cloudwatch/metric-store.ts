/** The metrics of every account and region. Light: it is there from the start, since functions are counted from there on. */
import type { Scope } from '../../aws/scope.ts';
import { ScopedMap } from '../../aws/scoped-map.ts';
import { type Dimension, MetricSeries } from './metric-series.ts';

/** AWS has no such limit; here what nobody reads may not grow without end. */
const mostSeries = 20_000;

export class MetricStore {
  readonly #series = new ScopedMap<Map<string, MetricSeries>>(() => new Map());

  /** The series with exactly these dimensions, made when there is none. */
  series(scope: Scope, namespace: string, name: string, dimensions: readonly Dimension[], unit: string): MetricSeries {
    const all = this.#series.make(scope);
    const sorted = dimensions.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const key = keyOf(namespace, name, sorted, unit);
    let found = all.get(key);
    if (found === undefined) {
      found = new MetricSeries(namespace, name, sorted, unit);
      const [oldest] = all.keys();
      if (all.size >= mostSeries && oldest !== undefined) all.delete(oldest);
      all.set(key, found);
    }
    return found;
  }

  all(scope: Scope): readonly MetricSeries[] {
    return [...this.#series.make(scope).values()];
  }

  everywhere(): readonly MetricSeries[] {
    return this.#series.values().flatMap((series) => [...series.values()]);
  }

  /** Those with exactly these dimensions: one for each unit that was recorded. */
  find(scope: Scope, namespace: string, name: string, dimensions: readonly Dimension[]): readonly MetricSeries[] {
    const wanted = dimensionKey(dimensions.toSorted((a, b) => (a.name < b.name ? -1 : 1)));
    return this.all(scope).filter(
      (series) => series.namespace === namespace && series.name === name && dimensionKey(series.dimensions) === wanted,
    );
  }
}

const dimensionKey = (dimensions: readonly Dimension[]): string =>
  dimensions.map(({ name, value }) => `${name}\0${value}`).join('\0\0');

const keyOf = (namespace: string, name: string, dimensions: readonly Dimension[], unit: string): string =>
  `${namespace}\0${name}\0${unit}\0\0${dimensionKey(dimensions)}`;

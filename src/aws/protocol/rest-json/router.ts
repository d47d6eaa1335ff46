/** Finds the operation of a request: a trie over path segments, built once from the URI templates. */

export interface Route {
  readonly operation: string;
  readonly method: string;
  /** Names of the labels, in the order in which they stand in the path. */
  readonly labels: readonly string[];
  /** The query that the request must hold, `find=LayerVersion` for example. */
  readonly query: readonly (readonly [name: string, value: string])[];
  readonly segments: readonly Segment[];
}

export type Segment = { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'label' };

export interface RouteMatch {
  readonly route: Route;
  /** As sent, still percent-encoded, in the order of `route.labels`. */
  readonly labelValues: readonly string[];
}

export interface Router {
  /**
   * @param path As sent, without the query; one trailing slash is ignored, as some clients send it.
   * @param rawQuery As sent, without the question mark.
   */
  match(method: string, path: string, rawQuery: string): RouteMatch | undefined;
}

/** @param uri A path with `{Label}` segments and perhaps a query. */
export function parseTemplate(operation: string, method: string, uri: string): Route {
  const [path = '', query = ''] = uri.split('?', 2);
  const labels: string[] = [];
  const segments = trimmed(path)
    .slice(1)
    .split('/')
    .map((text): Segment => {
      if (!text.startsWith('{')) return { kind: 'literal', text };
      labels.push(text.slice(1, -1));
      return { kind: 'label' };
    });
  return { operation, method, labels, segments, query: [...new URLSearchParams(query)] };
}

interface Node {
  readonly literals: Map<string, Node>;
  label: Node | undefined;
  /** By method; those that demand a query come first. */
  readonly routes: Map<string, readonly Route[]>;
}

const newNode = (): Node => ({ literals: new Map(), label: undefined, routes: new Map() });

export function compileRouter(routes: readonly Route[]): Router {
  const root = newNode();
  for (const route of routes) {
    let node = root;
    for (const segment of route.segments) node = childOf(node, segment);
    const others = node.routes.get(route.method) ?? [];
    node.routes.set(
      route.method,
      [...others, route].toSorted((a, b) => b.query.length - a.query.length),
    );
  }
  return {
    match(method, path, rawQuery) {
      if (!path.startsWith('/')) return undefined;
      const labelValues: string[] = [];
      const route = walk(root, trimmed(path), 1, { method, rawQuery, labelValues });
      return route === undefined ? undefined : { route, labelValues };
    },
  };
}

function childOf(node: Node, segment: Segment): Node {
  if (segment.kind === 'label') {
    node.label ??= newNode();
    return node.label;
  }
  const child = node.literals.get(segment.text) ?? newNode();
  node.literals.set(segment.text, child);
  return child;
}

interface Sought {
  readonly method: string;
  readonly rawQuery: string;
  readonly labelValues: string[];
}

/** A literal segment wins over a label; when it leads nowhere, the label is tried. */
function walk(node: Node, path: string, start: number, sought: Sought): Route | undefined {
  if (start > path.length) return choose(node, sought);
  const slash = path.indexOf('/', start);
  const end = slash === -1 ? path.length : slash;
  const text = path.slice(start, end);
  const literal = node.literals.get(text);
  const found = literal === undefined ? undefined : walk(literal, path, end + 1, sought);
  if (found !== undefined || node.label === undefined) return found;
  sought.labelValues.push(text);
  const labelled = walk(node.label, path, end + 1, sought);
  if (labelled === undefined) sought.labelValues.pop();
  return labelled;
}

function choose(node: Node, { method, rawQuery }: Sought): Route | undefined {
  const routes = node.routes.get(method);
  if (routes === undefined) return undefined;
  const only = routes[0];
  if (routes.length === 1 && only?.query.length === 0) return only;
  const query = new URLSearchParams(rawQuery);
  return routes.find((route) => route.query.every(([name, value]) => query.get(name) === value));
}

const trimmed = (path: string): string => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path);

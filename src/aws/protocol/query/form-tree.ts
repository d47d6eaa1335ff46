/** The fields of a form as a tree: `Tags.member.1.Key=a` is a branch of four. */
import { serializationException } from '../serialization-exception.ts';

export interface FormNode {
  /** Absent where nothing but longer names was sent. */
  readonly value: string | undefined;
  readonly children: ReadonlyMap<string, FormNode>;
}

interface GrowingNode extends FormNode {
  value: string | undefined;
  readonly children: Map<string, GrowingNode>;
}

/** No model is as deep; what is deeper was made to be. */
const deepest = 20;

/** @throws ServiceError for names that no model could have. */
export function formTree(fields: URLSearchParams): FormNode {
  const root = newNode();
  for (const [name, value] of fields) {
    const parts = name.split('.');
    if (parts.length > deepest)
      throw serializationException(`The parameter ${name.slice(0, 100)}… is nested too deeply`);
    let node = root;
    for (const part of parts) {
      let child = node.children.get(part);
      if (child === undefined) {
        child = newNode();
        node.children.set(part, child);
      }
      node = child;
    }
    node.value ??= value;
  }
  return root;
}

const newNode = (): GrowingNode => ({ value: undefined, children: new Map() });

/** The elements of a list, by their numbers; numbers may be left out, and come in any order. */
export const numbered = (node: FormNode): readonly FormNode[] =>
  [...node.children]
    .filter(([name]) => /^\d{1,9}$/.test(name))
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([, child]) => child);

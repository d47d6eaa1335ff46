/** Checks decoded input against the constraints of the model, with AWS's wording. */

import { validationException } from '../service-error.ts';
import {
  type ListShape,
  type MapShape,
  membersOf,
  type ServiceTable,
  type Shape,
  type StructureShape,
  shapeNamed,
  structureNamed,
} from '../service-table.ts';
import { type Constraint, constraintsOf, mustNotBeNull } from './constraint.ts';
import { javaText } from './java-text.ts';

/** @throws ServiceError ValidationException that names every violation. */
export type Validator = (input: unknown) => void;

/** Reports each violation at or below a value; `path` is how AWS names the value's place. */
type Check = (value: unknown, path: string, report: (violation: string) => void) => void;

/** @returns The validator of an operation's input structure. */
export function compileValidator(table: ServiceTable, inputStructure: string): Validator {
  const check = new CheckCompiler(table).structure(structureNamed(table, inputStructure));
  return (input) => {
    let violations: string[] | undefined;
    check?.(input, '', (violation) => {
      violations = [...(violations ?? []), violation];
    });
    if (violations !== undefined) throw validationException(summary(violations));
  };
}

const summary = (violations: readonly string[]): string =>
  `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected: ${violations.join('; ')}`;

/** `functionName`, and `kMSKeyArn`: only the first letter changes. */
const pathOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

class CheckCompiler {
  readonly #table: ServiceTable;
  /** Of structures, those that are being made included: one that holds itself finds its own check here when it runs. */
  readonly #made = new Map<StructureShape, { check: Check | undefined }>();

  constructor(table: ServiceTable) {
    this.#table = table;
  }

  /** @returns Nothing where there is nothing to check, so that whole branches cost nothing. */
  structure(shape: StructureShape): Check | undefined {
    const present = this.#made.get(shape);
    if (present !== undefined) return (value, path, report) => present.check?.(value, path, report);
    const made: { check: Check | undefined } = { check: undefined };
    this.#made.set(shape, made);
    made.check = this.#structure(shape);
    this.#made.delete(shape);
    return made.check;
  }

  #structure(shape: StructureShape): Check | undefined {
    // Labels come last: the recorded messages name the qualifier before the function's name.
    const members = membersOf(shape).toSorted(([, a], [, b]) => Number(a.in === 'label') - Number(b.in === 'label'));
    const checks = members.flatMap(([name, { shape, required }]) => {
      const check = this.#value(shapeNamed(this.#table, shape));
      if (check === undefined && required !== true) return [];
      return [{ name, path: pathOf(name), check, required: required === true }];
    });
    if (checks.length === 0) return undefined;
    return (value, path, report) => {
      const source = value as Readonly<Record<string, unknown>>;
      for (const member of checks) {
        const memberValue = source[member.name];
        const memberPath = path === '' ? member.path : `${path}.${member.path}`;
        if (memberValue !== undefined) member.check?.(memberValue, memberPath, report);
        else if (member.required)
          report(`Value null at '${memberPath}' failed to satisfy constraint: ${mustNotBeNull}`);
      }
    };
  }

  #value(shape: Shape): Check | undefined {
    switch (shape.kind) {
      case 'structure':
        return this.structure(shape);
      case 'list':
        return this.#all(this.#own(shape), this.#elements(shape));
      case 'map':
        return this.#all(this.#own(shape), this.#entries(shape));
      default:
        return this.#own(shape);
    }
  }

  /** A violation for each constraint of the value itself. */
  #own(shape: Shape): Check | undefined {
    const constraints = constraintsOf(shape);
    if (constraints.length === 0) return undefined;
    return (value, path, report) => {
      for (const constraint of constraints) {
        if (!constraint.holds(value)) report(this.#violation(shape, value, path, constraint.sentence));
      }
    };
  }

  /** Elements that are no structures are named together, as one constraint of the list. */
  #elements(shape: ListShape): Check {
    const member = shapeNamed(this.#table, shape.member);
    if (member.kind === 'structure') {
      const check = this.structure(member);
      return (value, path, report) => {
        for (const [index, item] of (value as readonly unknown[]).entries()) {
          const itemPath = `${path}.${index + 1}.member`;
          if (item === null) report(`Value null at '${itemPath}' failed to satisfy constraint: ${mustNotBeNull}`);
          else check?.(item, itemPath, report);
        }
      };
    }
    const rules = this.#rules(member);
    const sentences = shape.nullUnnamed === true ? rules.sentences : [...rules.sentences, mustNotBeNull];
    const sentence = `Member must satisfy constraint: [${sentences.join(', ')}]`;
    return (value, path, report) => {
      const valid = (value as readonly unknown[]).every((item) => item !== null && rules.hold(item));
      if (!valid) report(this.#violation(shape, value, path, sentence));
    };
  }

  #entries(shape: MapShape): Check {
    const keys = this.#rules(shapeNamed(this.#table, shape.key));
    const values = this.#rules(shapeNamed(this.#table, shape.value));
    const keySentence = `Map keys must satisfy constraint: [${keys.sentences.join(', ')}]`;
    const valueSentence = `Map value must satisfy constraint: [${[...values.sentences, mustNotBeNull].join(', ')}]`;
    return (value, path, report) => {
      const map = value as Readonly<Record<string, unknown>>;
      if (!Object.keys(map).every((key) => keys.hold(key))) report(this.#violation(shape, value, path, keySentence));
      const valid = Object.values(map).every((item) => item !== null && values.hold(item));
      if (!valid) report(this.#violation(shape, value, path, valueSentence));
    };
  }

  /** The constraints of an element: its own, and for a list in a map those of the list's elements. */
  #rules(shape: Shape): { readonly sentences: readonly string[]; readonly hold: (value: unknown) => boolean } {
    const own: readonly Constraint[] = constraintsOf(shape);
    const sentences = own.map(({ sentence }) => sentence);
    const holdsItself = (value: unknown): boolean => own.every((constraint) => constraint.holds(value));
    if (shape.kind !== 'list') return { sentences, hold: holdsItself };
    const inner = this.#rules(shapeNamed(this.#table, shape.member));
    return {
      sentences: [...sentences, `Member must satisfy constraint: [${[...inner.sentences, mustNotBeNull].join(', ')}]`],
      hold: (value) =>
        holdsItself(value) && (value as readonly unknown[]).every((item) => item !== null && inner.hold(item)),
    };
  }

  #all(first: Check | undefined, second: Check): Check {
    if (first === undefined) return second;
    return (value, path, report) => {
      first(value, path, report);
      second(value, path, report);
    };
  }

  /** AWS shows no value that the model calls sensitive. */
  #violation(shape: Shape, value: unknown, path: string, sentence: string): string {
    const shown = 'sensitive' in shape && shape.sensitive ? 'Value' : `Value '${javaText(this.#table, shape, value)}'`;
    return `${shown} at '${path}' failed to satisfy constraint: ${sentence}`;
  }
}

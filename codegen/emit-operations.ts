/** Writes the TypeScript types of a service's operations, and the names of its errors. */
import type { ServiceTable } from '../src/aws/service-table.ts';

export interface OperationsFile {
  /** First line of the file. */
  readonly header: string;
  /** Begins the names of the exported types, `Lambda` for example. */
  readonly title: string;
  readonly sdkPackage: string;
  readonly table: ServiceTable;
}

/** @returns The text of the file. */
export function emitOperations({ header, title, sdkPackage, table }: OperationsFile): string {
  const operations = Object.keys(table.operations);
  const imports = operations.flatMap((name) => [`  ${name}CommandInput,`, `  ${name}CommandOutput,`]);
  return `${[
    header,
    `import type {\n${imports.join('\n')}\n} from '${sdkPackage}';`,
    "import type { OperationInput, OperationOutput } from '../operation-types.ts';",
    '',
    '/** The types of every operation of the service, by its name. */',
    `export interface ${title}Operations {`,
    ...operations.flatMap((name) => [
      `  ${name}: {`,
      `    input: OperationInput<${name}CommandInput>;`,
      `    output: OperationOutput<${name}CommandOutput>;`,
      '  };',
    ]),
    '}',
    '',
    '/** The errors that the service answers. */',
    `export type ${title}ErrorName =`,
    `${Object.keys(table.errors)
      .map((name) => `  | '${name}'`)
      .join('\n')};`,
  ].join('\n')}\n`;
}

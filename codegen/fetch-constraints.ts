/**
 * Downloads the pinned botocore and extracts what the SDK's schemas lack: lengths, ranges, patterns, enums. Run by hand
 * (`node codegen/fetch-constraints.ts [service …]`, needs pip) when the pin moves; the result is committed, so that generating and
 * checking need neither network nor Python.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConstrainedShape, Constraints, ServiceMetadata } from './constraints.ts';
import type { GeneratedService } from './generated-service.ts';
import { generatedServices } from './generated-services.ts';

/** The release whose operations are those of the installed SDK. */
const botocore = '1.43.127';

const readModel = `
import glob, gzip, sys, zipfile
wheel = zipfile.ZipFile(glob.glob(sys.argv[1] + '/*.whl')[0])
sys.stdout.buffer.write(gzip.decompress(wheel.read(sys.argv[2])))
`;

interface Reference {
  readonly shape: string;
}

interface BotocoreShape {
  readonly type: string;
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly enum?: readonly string[];
  readonly sensitive?: boolean;
  readonly members?: Readonly<Record<string, Reference>>;
  readonly member?: Reference;
  readonly key?: Reference;
  readonly value?: Reference;
}

interface BotocoreModel {
  readonly metadata: ServiceMetadata;
  readonly operations: Readonly<Record<string, { readonly input?: Reference }>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

const wheels = mkdtempSync(join(tmpdir(), 'botocore-'));
try {
  execFileSync('python3', ['-m', 'pip', 'download', `botocore==${botocore}`, '--no-deps', '--quiet', '-d', wheels]);
  const wanted = process.argv.slice(2);
  for (const service of generatedServices) {
    if (wanted.length === 0 || wanted.includes(service.name)) write(service);
  }
} finally {
  rmSync(wheels, { recursive: true });
}

function modelOf(file: string): BotocoreModel {
  const text = execFileSync('python3', ['-c', readModel, wheels, file], { maxBuffer: 64 * 1024 * 1024 });
  return JSON.parse(text.toString('utf8')) as BotocoreModel;
}

function write({ name, model, operations }: GeneratedService): void {
  const file = `botocore/data/${model}/service-2.json.gz`;
  const read = modelOf(file);
  const { targetPrefix, xmlNamespace } = read.metadata;
  const metadata = {
    ...(targetPrefix === undefined ? {} : { targetPrefix }),
    ...(xmlNamespace === undefined ? {} : { xmlNamespace }),
  };
  const shapes = Object.entries(extract(read, operations)).map(
    ([shape, row]) => `    ${JSON.stringify(shape)}: ${JSON.stringify(row)}`,
  );
  const origin = `botocore ${botocore}, ${file}; Copyright Amazon.com, Inc. or its affiliates, Apache-2.0 (codegen/generated/NOTICE.txt)`;
  const target = fileURLToPath(new URL(`generated/${name}-constraints.json`, import.meta.url));
  writeFileSync(
    target,
    [
      '{',
      `  "origin": ${JSON.stringify(origin)},`,
      ...(Object.keys(metadata).length === 0 ? [] : [`  "metadata": ${JSON.stringify(metadata)},`]),
      `  "shapes": {\n${shapes.join(',\n')}\n  }`,
      '}\n',
    ].join('\n'),
  );
  process.stdout.write(`${target}: ${shapes.length} shapes\n`);
}

/** Only what an input can reach: nobody checks an output. */
function extract({ operations, shapes }: BotocoreModel, served: readonly string[] | undefined): Constraints['shapes'] {
  const extracted: Record<string, ConstrainedShape> = {};
  const visit = (name: string): void => {
    const shape = shapes[name];
    if (shape === undefined || extracted[name] !== undefined) return;
    const { type, min, max, pattern, enum: values, sensitive, member, key, value } = shape;
    const members = Object.entries(shape.members ?? {}).map(([key, { shape }]) => [key, shape] as const);
    extracted[name] = {
      type,
      ...(min === undefined ? {} : { min }),
      ...(max === undefined ? {} : { max }),
      ...(pattern === undefined ? {} : { pattern }),
      ...(values === undefined ? {} : { enum: values }),
      ...(sensitive === true ? { sensitive } : {}),
      ...(members.length === 0 ? {} : { members: Object.fromEntries(members) }),
      ...(member === undefined ? {} : { member: member.shape }),
      ...(key === undefined || value === undefined ? {} : { key: key.shape, value: value.shape }),
    };
    for (const [, target] of members) visit(target);
    for (const reference of [member, key, value]) if (reference !== undefined) visit(reference.shape);
  };
  for (const [name, { input }] of Object.entries(operations)) {
    if (input !== undefined && (served?.includes(name) ?? true)) visit(input.shape);
  }
  return Object.fromEntries(Object.entries(extracted).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

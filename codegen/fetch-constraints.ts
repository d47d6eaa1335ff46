/**
 * Downloads the pinned botocore and extracts what the SDK's schemas lack: lengths, ranges, patterns, enums. Run by hand
 * (`node codegen/fetch-constraints.ts`, needs pip) when the pin moves; the result is committed, so that generating and
 * checking need neither network nor Python.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ConstrainedShape, Constraints } from './constraints.ts';

/** The release whose operations are those of the installed SDK. */
const botocore = '1.43.127';
const model = 'botocore/data/lambda/2015-03-31/service-2.json.gz';

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
  readonly operations: Readonly<Record<string, { readonly input?: Reference }>>;
  readonly shapes: Readonly<Record<string, BotocoreShape>>;
}

function download(): BotocoreModel {
  const directory = mkdtempSync(join(tmpdir(), 'botocore-'));
  try {
    execFileSync('python3', [
      '-m',
      'pip',
      'download',
      `botocore==${botocore}`,
      '--no-deps',
      '--quiet',
      '-d',
      directory,
    ]);
    const text = execFileSync('python3', ['-c', readModel, directory, model], { maxBuffer: 64 * 1024 * 1024 });
    return JSON.parse(text.toString('utf8')) as BotocoreModel;
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** Only what an input can reach: nobody checks an output. */
function extract({ operations, shapes }: BotocoreModel): Constraints['shapes'] {
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
  for (const { input } of Object.values(operations)) if (input !== undefined) visit(input.shape);
  return Object.fromEntries(Object.entries(extracted).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

const constraints: Constraints = {
  origin: `botocore ${botocore}, ${model}; Copyright Amazon.com, Inc. or its affiliates, Apache-2.0 (codegen/generated/NOTICE.txt)`,
  shapes: extract(download()),
};
const shapes = Object.entries(constraints.shapes).map(
  ([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`,
);
const target = fileURLToPath(new URL('generated/lambda-constraints.json', import.meta.url));
writeFileSync(
  target,
  `{\n  "origin": ${JSON.stringify(constraints.origin)},\n  "shapes": {\n${shapes.join(',\n')}\n  }\n}\n`,
);
process.stdout.write(`${target}: ${shapes.length} shapes\n`);

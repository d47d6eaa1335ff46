/** Checks decoded input against the model, in S3's words: a document is malformed as a whole, a header is named. */
import { ServiceError } from '../../../aws/service-error.ts';
import {
  type BoundMember,
  membersOf,
  type ServiceTable,
  shapeNamed,
  structureNamed,
} from '../../../aws/service-table.ts';
import { invalidArgument, malformedXml } from '../s3-error.ts';

/** Whose values the operations themselves look at: there are more regions than the model knows. */
const leftAlone = new Set(['BucketLocationConstraint', 'FilterRuleName']);

/** @throws ServiceError MalformedXML, MissingRequestBodyError, InvalidArgument */
export function checkInput(table: ServiceTable, structure: string, input: Readonly<Record<string, unknown>>): void {
  for (const [name, member] of membersOf(structureNamed(table, structure))) {
    const value = input[name];
    if (value === undefined) {
      if (member.in === 'payload' && member.required === true) throw missingBody();
      continue;
    }
    if (isValid(table, member.shape, value)) continue;
    throw member.in === 'payload' ? malformedXml() : wrongValue(name, member, value);
  }
}

function isValid(table: ServiceTable, name: string, value: unknown): boolean {
  if (leftAlone.has(name)) return true;
  const shape = shapeNamed(table, name);
  switch (shape.kind) {
    case 'structure': {
      const source = value as Readonly<Record<string, unknown>>;
      return membersOf(shape).every(([member, { shape: of, required }]) => {
        const given = source[member];
        return given === undefined ? required !== true : isValid(table, of, given);
      });
    }
    case 'list':
      return (value as readonly unknown[]).every((item) => isValid(table, shape.member, item));
    case 'string':
      return shape.enum?.includes(value as string) ?? true;
    default:
      return true;
  }
}

const missingBody = (): ServiceError =>
  new ServiceError('MissingRequestBodyError', 'Request Body is empty', { status: 400 });

const wordings: Readonly<Record<string, string>> = {
  EncodingType: 'Invalid Encoding Method specified in Request',
  MetadataDirective: 'Unknown metadata directive.',
  TaggingDirective: 'Unknown tagging directive.',
  ServerSideEncryption: 'The encryption method specified is not supported',
};

function wrongValue(name: string, { name: wireName = name }: BoundMember, value: unknown): ServiceError {
  if (name === 'StorageClass') {
    return new ServiceError('InvalidStorageClass', 'The storage class you specified is not valid', {
      status: 400,
      members: { StorageClassRequested: String(value) },
    });
  }
  return invalidArgument(wordings[name] ?? `The value of ${wireName} is not valid`, wireName, String(value));
}

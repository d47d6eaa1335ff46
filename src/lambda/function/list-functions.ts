/** Lists the functions of an account and region, by name. */
import { decodeMarker, encodeMarker } from '../../aws/pagination-marker.ts';
import { type ConfigurationOutput, listedConfiguration } from '../configuration/configuration-output.ts';
import type { LambdaCall, LambdaOperation } from '../lambda-call.ts';
import { invalidParameterValue } from '../lambda-error.ts';
import { latestVersion } from '../version/version-record.ts';
import { versionsAfter } from '../version/versions-after.ts';
import type { FunctionRecord } from './function-record.ts';

type ListOutput = Awaited<ReturnType<LambdaOperation<'ListFunctions'>>>;

// AWS never lists more, whatever MaxItems says.
const pageAtMost = 50;

/**
 * `ListFunctions`; with FunctionVersion=ALL also the published versions, each function's after its `$LATEST`.
 * @throws ServiceError InvalidParameterValueException for a marker that is none, or MasterRegion without ALL.
 * @see AWS Lambda API reference, ListFunctions
 */
export const listFunctions: LambdaOperation<'ListFunctions'> = (input, call) => {
  const limit = Math.min(input.MaxItems ?? pageAtMost, pageAtMost);
  const position = input.Marker === undefined ? undefined : positionOf(input.Marker);
  if (input.MasterRegion !== undefined) {
    if (input.FunctionVersion !== 'ALL') {
      throw invalidParameterValue('FunctionVersion must be set to ALL when MasterRegion is specified.');
    }
    // It asks for Lambda@Edge replicas of functions elsewhere; there are none here.
    if (input.MasterRegion !== 'ALL') return { Functions: [] };
  }
  return input.FunctionVersion === 'ALL' ? allVersions(call, position, limit) : functionsOnly(call, position, limit);
};

/** The last item of the page before: a function, and how far into its versions. */
interface Position {
  readonly name: string;
  readonly version: string;
}

function functionsOnly({ functions, scope }: LambdaCall, position: Position | undefined, limit: number): ListOutput {
  const records = functions.list(scope, position?.name, limit + 1);
  const page = records.slice(0, limit);
  return {
    Functions: page.map((record) => listedConfiguration(record, record.latest, undefined)),
    NextMarker:
      records.length > limit ? markerOf({ name: page.at(-1)?.name ?? '', version: latestVersion }) : undefined,
  };
}

function allVersions({ functions, scope }: LambdaCall, position: Position | undefined, limit: number): ListOutput {
  const items: { readonly at: Position; readonly output: ConfigurationOutput }[] = [];
  const addVersions = (owner: FunctionRecord, after: string | undefined): void => {
    for (const version of versionsAfter(owner, after, limit + 1 - items.length, functions)) {
      const at = { name: owner.name, version: version.version };
      items.push({ at, output: listedConfiguration(owner, version, version.version) });
    }
  };
  const begun = position && functions.find(scope, position.name);
  if (begun !== undefined) addVersions(begun, position?.version);
  for (const record of functions.list(scope, position?.name, limit + 1 - items.length)) addVersions(record, undefined);
  const last = items[limit - 1];
  return {
    Functions: items.slice(0, limit).map((item) => item.output),
    NextMarker: items.length > limit && last !== undefined ? markerOf(last.at) : undefined,
  };
}

const markerOf = ({ name, version }: Position): string => encodeMarker(`${name}:${version}`);

function positionOf(marker: string): Position {
  const [, name, version] = /^([^:]+):(\$LATEST(?:\.PUBLISHED)?|\d+)$/.exec(decodeMarker(marker) ?? '') ?? [];
  if (name === undefined || version === undefined) throw invalidParameterValue('Invalid Marker.');
  return { name, version };
}

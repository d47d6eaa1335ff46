/** Publishes `$LATEST` under the next number, as an immutable version of its own. */
import { isDeepStrictEqual } from 'node:util';
import { retainCode } from '../code/received-code.ts';
import type { FunctionRecord } from '../function/function-record.ts';
import type { VersionId } from '../function/function-version.ts';
import type { LambdaCall } from '../lambda-call.ts';
import { newVersion } from './new-version.ts';
import type { VersionRecord } from './version-record.ts';

/**
 * The version that was published: the newest one again when nothing has changed since.
 * @see AWS Lambda API reference, PublishVersion
 */
export function publish(record: FunctionRecord, call: LambdaCall): VersionRecord {
  const { functions, codeStore, lifecycle, clock, random } = call;
  const { scope, name, latest } = record;
  const newest = functions.findVersion(scope, name, String(record.lastPublished));
  if (newest !== undefined && sameContent(newest, latest)) return newest;
  const number = record.lastPublished + 1;
  const content = {
    version: String(number) as VersionId,
    settings: latest.settings,
    source: latest.source,
    lastModified: clock.now(),
    state: { kind: 'pending' },
  } as const;
  const version = newVersion(record, content, random);
  retainCode(latest.source, codeStore);
  functions.put({ ...record, lastPublished: number });
  functions.putVersion(scope, name, version);
  lifecycle.beginPublished(record, version);
  return version;
}

const sameContent = (one: VersionRecord, other: VersionRecord): boolean =>
  isDeepStrictEqual(one.settings, other.settings) && isDeepStrictEqual(one.source, other.source);

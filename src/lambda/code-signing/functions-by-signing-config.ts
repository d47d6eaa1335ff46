/** The functions that use a code signing configuration. */
import type { FunctionRecord } from '../function/function-record.ts';
import type { LambdaCall } from '../lambda-call.ts';

const batch = 1000;

/** At most `limit` of them in order of their names, those after the name `after`. Looks at every function after that. */
export function functionsBySigningConfig(
  arn: string,
  after: string | undefined,
  limit: number,
  { functions, scope }: LambdaCall,
): readonly FunctionRecord[] {
  const found: FunctionRecord[] = [];
  let position = after;
  for (;;) {
    const records = functions.list(scope, position, batch);
    for (const record of records) {
      if (record.traits.codeSigningConfigArn === arn) found.push(record);
      if (found.length === limit) return found;
    }
    if (records.length < batch) return found;
    position = records.at(-1)?.name;
  }
}

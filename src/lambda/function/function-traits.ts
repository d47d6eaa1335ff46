/** What belongs to a function as a whole and not to one of its versions; absent means never set. */

export interface FunctionTraits {
  /** PutFunctionConcurrency; 0 stops the function. */
  readonly reservedConcurrency?: number;
  /** PutFunctionRecursionConfig. */
  readonly recursiveLoop?: 'Allow' | 'Terminate';
  readonly codeSigningConfigArn?: string;
}

export const noTraits: FunctionTraits = {};

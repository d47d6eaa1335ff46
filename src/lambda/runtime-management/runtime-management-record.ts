/** What is kept of when a version takes up new builds of its runtime. */

export interface RuntimeManagementRecord {
  readonly updateRuntimeOn: 'Auto' | 'FunctionUpdate' | 'Manual';
  /** The build to stay with; there when the choice is made by hand. */
  readonly runtimeVersionArn: string | undefined;
}

export const automaticUpdates: RuntimeManagementRecord = { updateRuntimeOn: 'Auto', runtimeVersionArn: undefined };

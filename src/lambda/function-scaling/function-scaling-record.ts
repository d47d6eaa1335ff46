/** What is kept of how many execution environments a version has on the instances of a capacity provider. */

export interface FunctionScalingRecord {
  readonly MinExecutionEnvironments?: number | undefined;
  readonly MaxExecutionEnvironments?: number | undefined;
}

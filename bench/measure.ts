/** One line of the report: a figure beside a floor that was measured in the same run, and what it should reach. */

export interface Measure {
  readonly name: string;
  readonly value: number;
  readonly unit: 'ms' | '/s' | 'MB/s' | 'MB' | 'KB';
  /** What the machine itself takes for the least that could be done. */
  readonly floor: number | undefined;
  readonly floorName: string;
  /** The ratio to the floor, or the value itself where there is no floor, must be at most or at least this. */
  readonly reach: { readonly at: 'most' | 'least'; readonly ratio?: number; readonly value?: number };
}

export function reached({ value, floor, reach }: Measure): boolean {
  const compared = reach.ratio === undefined ? value : value / (floor ?? Number.NaN);
  const target = reach.ratio ?? reach.value ?? Number.NaN;
  return reach.at === 'most' ? compared <= target : compared >= target;
}

export function lineOf(measure: Measure): string {
  const { name, value, unit, floor, floorName, reach } = measure;
  const ratio = floor === undefined ? '' : `${(value / floor).toFixed(2)} ×`;
  const sign = reach.at === 'most' ? '≤' : '≥';
  const target = reach.ratio === undefined ? `${sign} ${reach.value} ${unit}` : `${sign} ${reach.ratio} ×`;
  const figures = [
    name.padEnd(48),
    `${value.toFixed(unit === '/s' ? 0 : 2)} ${unit}`.padStart(12),
    ratio.padStart(9),
    target.padStart(12),
    reached(measure) ? 'reached' : 'MISSED ',
  ];
  const beside = floor === undefined ? floorName : `${floorName}: ${floor.toFixed(unit === '/s' ? 0 : 2)} ${unit}`;
  return `${figures.join('  ')}  ${beside}`;
}

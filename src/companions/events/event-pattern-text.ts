/** The pattern of a rule, from its text. */
import { compilePattern, type EventPattern, type PatternDialect } from '../../aws/event-pattern/event-pattern.ts';
import { PatternFault } from '../../aws/event-pattern/pattern-fault.ts';
import { type PatternOperator, patternOperators } from '../../aws/event-pattern/pattern-operators.ts';
import { invalidPattern } from './events-faults.ts';

/** EventBridge has all there is. Source: EventBridge user guide, "Comparison operators for use in event patterns". */
const dialect: PatternDialect = {
  operators: new Set(Object.keys(patternOperators) as PatternOperator[]),
  or: true,
  nested: true,
};

/** @throws ServiceError */
export function parsePattern(text: string): EventPattern {
  try {
    return compilePattern(JSON.parse(text), dialect);
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidPattern('Invalid JSON');
    // Nested so deep that it cannot be followed.
    if (error instanceof RangeError) throw invalidPattern('Event pattern is nested too deep');
    if (error instanceof PatternFault) throw invalidPattern(error.message);
    throw error;
  }
}

/** Texts 100 to 108: what an event source mapping cannot be. */
import { invalidParameter, validation, violation } from '../kit/refusal.ts';
import { asked, type ErrorTexts, kafka, queue, stream, table } from './error-world.ts';

const mapping = (body: object) => asked('POST', '/2015-03-31/event-source-mappings', { FunctionName: 'bare', ...body });
const filtered = (Pattern: string) => mapping({ EventSourceArn: queue, FilterCriteria: { Filters: [{ Pattern }] } });

export const mappingTexts: ErrorTexts = {
  100: [
    [mapping({}), invalidParameter('Unrecognized event source.')],
    [mapping({ EventSourceArn: 'arn:aws:s3:::bucket' }), invalidParameter('Unrecognized event source.')],
  ],
  101: [[mapping({ FunctionName: 'nobody', EventSourceArn: queue }), invalidParameter('Function does not exist')]],
  102: [
    [
      mapping({ EventSourceArn: queue, DestinationConfig: { OnFailure: { Destination: queue } } }),
      invalidParameter('Unsupported DestinationConfig parameter for given event source mapping type.'),
    ],
  ],
  103: [
    [
      mapping({ EventSourceArn: table, StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: 1 }),
      invalidParameter(`Unsupported starting position for arn type: ${table}`),
    ],
  ],
  104: [
    [
      mapping({ EventSourceArn: stream }),
      invalidParameter(
        "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
      ),
    ],
  ],
  105: [
    [
      mapping({ EventSourceArn: stream, StartingPosition: 'invalid' }),
      validation(
        violation('invalid', 'startingPosition', 'satisfy enum value set: [LATEST, AT_TIMESTAMP, TRIM_HORIZON]'),
      ),
    ],
  ],
  106: [
    [
      mapping({ EventSourceArn: queue, BatchSize: 11 }),
      invalidParameter(
        'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
      ),
    ],
  ],
  107: ['null', 'text', '{"eventSource":"aws:sqs"}', '{"eventSource":[]}'].map(
    (pattern) => [filtered(pattern), invalidParameter('Invalid filter pattern definition.')] as const,
  ),
  108: [
    [
      mapping({ ...kafka, SourceAccessConfigurations: undefined }),
      invalidParameter("Required 'sourceAccessConfigurations' parameter is missing."),
    ],
  ],
};

/** Where the live Lambda service differs from its own model, as recorded from it. */
import type { ServiceOverlay } from './apply-overlay.ts';

const uuid = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const region = '(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}';

export const lambdaOverlay: ServiceOverlay = {
  operations: {
    // The model says 200 because the status is a bound member, which the service fills in.
    DeleteFunction: { status: 204 },
  },
  shapes: {
    // The order in which the service names the values.
    InvokeMode: { kind: 'string', enum: ['RESPONSE_STREAM', 'BUFFERED'] },
    RecursiveLoop: { kind: 'string', enum: ['Terminate', 'Allow'] },
    EventSourcePosition: { kind: 'string', enum: ['LATEST', 'AT_TIMESTAMP', 'TRIM_HORIZON'] },
    // The service still takes (and names) layers here.
    TaggableResource: {
      kind: 'string',
      min: 1,
      max: 10_000,
      pattern:
        `arn:(aws[a-zA-Z-]*):lambda:${region}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?` +
        `|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:${uuid}` +
        `|capacity-provider:[a-zA-Z0-9-_]+)`,
    },
    // The recorded text for a malformed id ends without "Member must not be null".
    SubnetIds: { kind: 'list', member: 'SubnetId', min: 0, max: 16, nullUnnamed: true },
    SecurityGroupIds: { kind: 'list', member: 'SecurityGroupId', min: 0, max: 5, nullUnnamed: true },
  },
  members: {
    // The operation checks a function's runtime, not the front end: another exception, another wording.
    CreateFunctionRequest: { Runtime: 'string' },
    UpdateFunctionConfigurationRequest: { Runtime: 'string' },
    // A request without tags reaches the operation, which has a message of its own for it.
    TagResourceRequest: { Tags: 'Tags' },
  },
  errors: {
    // Errors of the front end; no service's model holds them.
    AccessDeniedException: { status: 403, message: 'Message' },
    RequestEntityTooLargeException: { status: 413, message: 'message' },
    SerializationException: { status: 400, message: 'message' },
    ValidationException: { status: 400, message: 'message' },
  },
};

/** What the Extensions API refuses, with AWS's error types. */

export interface ExtensionRefusal {
  readonly kind: 'refused';
  /** HTTP status. */
  readonly status: 400 | 403;
  readonly errorType: string;
  readonly errorMessage: string;
}

const refusal = (errorType: string, errorMessage: string, status: 400 | 403 = 403): ExtensionRefusal => ({
  kind: 'refused',
  status,
  errorType,
  errorMessage,
});

export const invalidRequestFormat = (reason: string): ExtensionRefusal => refusal('InvalidRequestFormat', reason, 400);

export const emptyName = (): ExtensionRefusal => refusal('Extension.InvalidExtensionName', 'Empty extension name');

export const unknownName = (name: string): ExtensionRefusal =>
  refusal(
    'Extension.InvalidExtensionName',
    `No extension of this name was started: ${name}. The name is the full file name in /opt/extensions.`,
  );

export const invalidEventType = (event: string): ExtensionRefusal =>
  refusal('Extension.InvalidEventType', `${event}: invalid event type`);

export const shutdownIsForExternal = (name: string): ExtensionRefusal =>
  refusal(
    'ShutdownEventNotSupportedForInternalExtension',
    `The internal extension ${name} cannot register for the SHUTDOWN event`,
  );

export const alreadyRegistered = (name: string): ExtensionRefusal =>
  refusal('Extension.AlreadyRegistered', `Extension ${name} is already registered`);

export const tooManyExtensions = (limit: number): ExtensionRefusal =>
  refusal('Extension.TooManyExtensions', `Extension limit (${limit}) reached`);

export const registrationClosed = (): ExtensionRefusal =>
  refusal('Extension.RegistrationClosed', 'Extension registration closed already');

export const missingIdentifier = (): ExtensionRefusal =>
  refusal('Extension.MissingExtensionIdentifier', 'Missing Lambda-Extension-Identifier header');

export const invalidIdentifier = (): ExtensionRefusal =>
  refusal('Extension.InvalidExtensionIdentifier', 'Invalid Lambda-Extension-Identifier');

export const unknownIdentifier = (id: string): ExtensionRefusal =>
  refusal('Extension.UnknownExtensionIdentifier', `Unknown extension ${id}`);

export const missingErrorType = (): ExtensionRefusal =>
  refusal('Extension.MissingHeader', 'Lambda-Extension-Function-Error-Type not found');

export const invalidState = (name: string, from: string, to: string): ExtensionRefusal =>
  refusal(
    'Extension.InvalidExtensionState',
    `State transition from ${from} to ${to} failed for extension ${name}. Error: State transition is not allowed`,
  );

/** Where this daemon and AWS differ, kept by hand, one line each, by the part of the API; `docs/parity.md` shows them. */
export const knownDifferences: Readonly<Record<string, readonly string[]>> = {
  'Functions and versions': [
    'Code from S3 is refused as if the bucket did not exist: there is no S3 here yet.',
    '`ConfigSha256` is a digest of our own canonical form of the configuration; AWS does not publish its form.',
    'SnapStart versions take no snapshot: they become Active when prepared, and start like others.',
    'Subnets and security groups are not looked up: ids of the right form pass, all others get the answer for one that does not exist.',
    'File systems, durable configuration and KMS keys are kept and shown, and change nothing.',
    'The role must have the right form; it need not exist.',
    'The runtime version ARN names a digest of the runtime and architecture, not a build of AWS.',
  ],
  Execution: [
    'On the host, a version of Python, Ruby or Java that this machine lacks is replaced by the one it has, with a warning in the log.',
    '`/tmp` on the host is not limited to EphemeralStorage.',
    'Without bubblewrap (always on macOS) code is not read-only, `/tmp` is the machine’s own, and functions see what you see.',
    'In the sandbox an exit status above 128 reads as the signal of that number less 128.',
    'Event invoke destinations and dead-letter queues are kept and shown; nothing is delivered to them yet.',
    'Recursive loops are not detected; the recursion configuration is kept and shown.',
    'Events that wait are in memory: they are gone when the daemon stops.',
  ],
  'Layers and code signing': [
    'Layers of AWS and of other accounts in the cloud are not fetched.',
    'A layer permission with an OrganizationId counts every local account as a member.',
    'The list of runtimes in a layer’s error message is the API model’s, not the longer one that AWS names.',
    'Signatures are not verified: every uploaded archive counts as unsigned, so a signing configuration that enforces refuses all.',
  ],
  Concurrency: [
    'A reservation made while invocations run frees the account’s pool only as those end.',
    'A provisioned configuration that is READY stays READY while a crashed environment cannot be replaced.',
    'An alias with provisioned concurrency moves at once, without AWS’s temporary weights.',
    'A function scaling configuration is in force at once; runtime management modes change nothing.',
  ],
  'Event source mappings and capacity providers': [
    'Nothing polls yet: a mapping that is asked to be enabled ends Disabled, and its StateTransitionReason says so.',
    'Queues, streams and clusters are not checked for existence.',
    'Transitional states last a moment, where AWS takes seconds to minutes.',
    'Capacity providers start no instances, and there are no limits on how many there are.',
  ],
  'Permissions and policies': [
    'Policies are evaluated only with `ENFORCE_IAM=1`, and then for function URLs and for calls on functions; policies of users and roles never are, so within an account only an explicit Deny refuses.',
    'Signatures of API calls are not verified: the caller is the root of the account in the access key, so statements for single users or roles of another account never match.',
    'AddPermission takes any principal of the right form; AWS refuses services, users and roles that do not exist.',
    'PutResourcePolicy words its refusals of malformed documents in its own way, and accepts public policies: there is no setting that blocks public access.',
    'Policy variables such as `${aws:PrincipalTag/team}` are compared literally.',
    'Only `lambda:FunctionUrlAuthType` and `lambda:InvokedViaFunctionUrl` are filled in; conditions on other keys behave as if the request had none.',
  ],
  Tags: ['A tag named `_custom_id_` names the id of the function URLs that are made afterwards.'],
};

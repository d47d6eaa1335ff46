/** Where this daemon and AWS differ, kept by hand, one line each, by the part of the API; `docs/parity.md` shows them. */
export const knownDifferences: Readonly<Record<string, readonly string[]>> = {
  'Permissions and policies': [
    'Policies are evaluated only with `ENFORCE_IAM=1`, and then for function URLs and for calls on functions; policies of users and roles never are, so within an account only an explicit Deny refuses.',
    'Signatures are not verified: the caller is the root of the account in the access key, so statements for single users or roles of another account never match.',
    'AddPermission takes any principal of the right form; AWS refuses services, users and roles that do not exist.',
    'PutResourcePolicy words its refusals of malformed documents in its own way, and accepts public policies: there is no setting that blocks public access.',
    'Policy variables such as `${aws:PrincipalTag/team}` are compared literally.',
    'Only `lambda:FunctionUrlAuthType` and `lambda:InvokedViaFunctionUrl` are filled in; conditions on other keys behave as if the request had none.',
  ],
  Tags: ['A tag named `_custom_id_` names the id of the function URLs that are made afterwards.'],
};

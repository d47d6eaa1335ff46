/** The user as AWS's environment has it; on this machine the processes belong to the daemon's user. */
export const sandboxUser = { name: 'sbx_user1051', uid: '993', gid: '990' } as const;

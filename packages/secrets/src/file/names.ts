/** What a secret may be called in the file. */
export const secretName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** The name under which the file keeps the key that marks of the lock file are made with. It is no secret of the topology. */
export const lockKeyName = 'lock_key';

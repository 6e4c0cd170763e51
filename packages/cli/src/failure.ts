import { systemReason } from '@groundplan/files';

/**
 * Something outside the topology that keeps a command from its work: a wrong option, a file that cannot be read, a full disk.
 * The message is one line, without "groundplan:" in front; the command ends with exit code 2.
 */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** A failure that says what happened to `what`; errors that the system did not make are passed on as they are. */
export function failureOf(what: string, error: unknown): unknown {
  const reason = systemReason(error);
  return reason === undefined ? error : new Failure(`${what}: ${reason}`);
}

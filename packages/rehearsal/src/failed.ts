/** A rehearsal could not come to its end for a reason that its user can do something about; the message is that reason. */
export class RehearsalFailed extends Error {
  override readonly name = 'RehearsalFailed';
}

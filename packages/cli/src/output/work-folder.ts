/**
 * The names in a folder that is being written. Everything that is not finished lies in `.groundplan/`, which is there only during
 * a build, or after one that was killed.
 */
export const workFolder = '.groundplan';

/** Process id and machine of the build that is at work. */
export const lockFile = 'lock';

/** The new files, by number, and the fence, by its name. */
export const stageFolder = 'new';

/** What remains to be done once every new file is on the disk. */
export const journalFile = 'journal.json';

/** The journal while it is being written. */
export const unfinishedJournal = 'journal.json.new';

/** Keeps Terraform and OpenTofu from reading a folder in which only some files are new. */
export const fenceFile = 'groundplan-unfinished.tf.json';

/** No block of Terraform has this name, so that its error message says what to do. */
export const fenceText = `${JSON.stringify({ 'the last "groundplan build" was interrupted: run it again to finish': {} })}\n`;

/**
 * Writes `packages/providers/src/generated/` unless it was made from the same inputs already.
 *
 * @param root the repository's root folder
 * @returns whether anything was written
 */
export function generateBindings(root: string): Promise<boolean>;

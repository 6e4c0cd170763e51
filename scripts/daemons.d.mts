/** The program that shows that a package is there, by package. */
export const daemons: Readonly<Record<string, string>>;

/** Installs what is missing, without starting anything; throws in CI when something cannot be had. */
export function ensureDaemons(): { missing: string[] };

/** The path of a program, also in the folders of the administrator. */
export function findProgram(name: string): string | undefined;

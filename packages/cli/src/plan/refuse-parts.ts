import { Failure } from '../failure.js';

/**
 * For commands that choose themselves what is planned, and look at it before it is applied.
 *
 * @param args the user's arguments for the tool
 * @param why there is no use for arguments that choose something else
 * @throws Failure with the first such argument
 */
export function refuseParts(args: readonly string[], why: string): void {
  const [first] = args.filter(
    (arg) =>
      /^(?:[^-]|--?(?:destroy|detailed-exitcode|exclude|exclude-file|generate-config-out|out|refresh-only|replace|target|target-file)(?:=|$))/.test(
        arg,
      ) && !isValue(arg, args),
  );
  if (first !== undefined) throw new Failure(`${why}: there is no use for ${first}`);
}

/** Whether it stands behind an argument that takes its value from the next one, as in `-var unprotected=[]`. */
function isValue(arg: string, args: readonly string[]): boolean {
  return /^--?(?:lock-timeout|parallelism|var|var-file)$/.test(args[args.indexOf(arg) - 1] ?? '');
}

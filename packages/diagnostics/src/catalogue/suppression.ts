import { entry } from './entry.js';

/** The comments `# groundplan-ignore-next-line CODE: reason`. */
export const suppression = {
  'suppression/unknown-code': entry<{ code: string; nearest?: string }>({
    severity: 'warning',
    title: 'A comment that ignores an unknown code',
    message: ({ code, nearest }) =>
      `there is no diagnostic "${code}"${nearest === undefined ? ': see the list of diagnostics, or remove it' : `: did you mean "${nearest}"?`}`,
    docs: `A diagnostic is ignored by its code, which stands behind its severity: \`dns/ttl-high\`. With a code that does not exist the comment ignores nothing.

Write \`# groundplan-ignore-next-line dns/ttl-high: reason\` above the line that is marked. Several codes are divided by commas.`,
  }),
  'suppression/no-code': entry({
    severity: 'warning',
    title: 'A comment that does not say what it ignores',
    message: () => 'say what is ignored: "# groundplan-ignore-next-line CODE: reason"',
    docs: `A comment ignores the diagnostics that it names, and no others. One without a code would also hide whatever comes to be wrong on that line next year, so it ignores nothing.`,
  }),
  'suppression/unused': entry<{ code: string }>({
    severity: 'warning',
    title: 'A comment that ignores nothing',
    message: ({ code }) => `the next line has no ${code}: remove it here`,
    docs: `What the comment was written for has been mended, or the line that was marked has moved. A comment that is left behind would hide the next, real mistake on its line.

A diagnostic is ignored on the line where its mark begins, which is the first line below the comment that is neither empty nor a comment. While the file has errors nothing is said about unused comments, since a warning may be missing only because of an error.`,
  }),
  'suppression/error': entry<{ code: string }>({
    severity: 'warning',
    title: 'An error cannot be ignored',
    message: ({ code }) => `${code} is an error and cannot be ignored: mend it, and remove it here`,
    docs: `Errors are what cannot be built, or what would lose data or lock somebody out. Only warnings and what is less can be ignored.`,
  }),
  'suppression/no-reason': entry<{ code: string }>({
    severity: 'warning',
    title: 'A comment that ignores without a reason',
    message: ({ code }) => `say why ${code} is ignored: "# groundplan-ignore-next-line ${code}: reason"`,
    docs: `The reason is for the colleague who reads the file a year from now, at night, and has to decide whether it still holds. A few words are enough: \`: few writes, 25 ms are fine\`.`,
  }),
};

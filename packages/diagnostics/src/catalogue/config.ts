import { entry } from './entry.js';

/** The file `groundplan.config.yaml`. */
export const config = {
  'config/unknown-rule': entry<{ code: string; nearest?: string }>({
    severity: 'error',
    title: 'A rule for an unknown code',
    message: ({ code, nearest }) =>
      `there is no diagnostic "${code}"${nearest === undefined ? ': see the list of diagnostics, or remove it' : `: did you mean "${nearest}"?`}`,
    docs: `The keys under \`rules\` are codes of diagnostics, as they stand behind the severity: \`dns/ttl-high\`. A rule for a code that does not exist would change nothing, and whoever wrote it would believe otherwise.`,
    example: {
      language: 'yaml',
      wrong: 'rules: { dns/tll-high: off }',
      right: 'rules: { dns/ttl-high: off }',
    },
  }),
  'config/error-rule': entry<{ code: string }>({
    severity: 'error',
    title: 'An error cannot be made less',
    message: ({ code }) => `${code} is an error and stays one: remove this rule`,
    docs: `Errors are what cannot be built, or what would lose data or lock somebody out. Warnings, informations and hints can be made more or less, or be switched off.`,
    example: {
      language: 'yaml',
      wrong: 'rules: { backup/missing: off, app/single: error }',
      right: 'rules: { app/single: error }',
    },
  }),
};

import type { BundleFile } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { withinDoubleQuotes } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { environmentPath, programUnit } from './paths.js';
import { type Here, resolved } from './values.js';

/** The names of the program's environment variables: `PORT` is always there when it has a port. */
export function variableNames({ app }: Here): string[] {
  const names = app.env.map(({ name }) => name);
  return app.port === undefined || names.includes('PORT') ? names : ['PORT', ...names];
}

/** Root's alone, since secrets are in it: systemd reads it and hands the variables on. */
export function environmentFile(here: Here): BundleFile {
  const { app } = here;
  const port = variableNames(here).length > app.env.length ? `PORT="${app.port?.value}"\n` : '';
  const lines = app.env.map(({ name, value }) => [`${name}="`, ...quoted(resolved(here, value)), '"\n']);
  const content = text`
# The environment of app.${app.name}. Secrets are in it: readable by root only.
${port}
${lines.flat()}
`;
  return file(environmentPath, app.env[0]?.keySpan ?? app.keySpan, content, {
    mode: '0600',
    action: { kind: 'release', unit: programUnit(app) },
  });
}

function quoted(value: Text): Text {
  return value.map((part) => {
    if (typeof part === 'string') return withinDoubleQuotes(part);
    return 'secret' in part ? { ...part, within: 'double-quotes' as const } : part;
  });
}

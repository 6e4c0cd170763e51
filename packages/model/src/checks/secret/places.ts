/** What a place of the file is to secrets. */
export interface SecretPlace {
  /** What its value is called, when names say something there. */
  readonly name: string | undefined;
  /** Whether the text is a program's own settings, with a name on each line. */
  readonly isFile: boolean;
  /** How a secret is given there instead: by `${secret.NAME}`, by the environment of Terraform, or not at all. */
  readonly instead: 'interpolation' | 'environment' | 'nothing';
}

/** The sections of the file in which the name of a value may say that it is a secret. */
export const judgedSections: ReadonlySet<string> = new Set(['labels', 'terraform']);

/** The same of the fields of an app; `files` hold such values. */
export const judgedOfApps: ReadonlySet<string> = new Set(['env', 'files']);

const elsewhere: SecretPlace = { name: undefined, isFile: false, instead: 'nothing' };

/** The place at a path of keys and indexes from the root. */
export function placeAt(path: readonly string[]): SecretPlace {
  const [section, name, field, key, inner] = path;
  if (section === 'apps' && field === 'env' && key !== undefined) {
    return { name: key, isFile: false, instead: 'interpolation' };
  }
  if (section === 'apps' && field === 'files' && inner === 'content') {
    return { name: undefined, isFile: true, instead: 'interpolation' };
  }
  if (section === 'alerts') return { ...elsewhere, instead: 'interpolation' };
  if (section === 'labels') return { ...elsewhere, name: name ?? '' };
  if (section === 'terraform') return { ...elsewhere, name: path.at(-1), instead: 'environment' };
  return elsewhere;
}

/** The place as a message calls it: `DB_PASSWORD in env of app.web`. */
export function placeText(path: readonly string[]): string {
  const [section, name, field, key, inner] = path;
  if (section === 'apps' && field === 'env' && key !== undefined) return `${key} in env of app.${name}`;
  if (section === 'apps' && field === 'files' && inner === 'content') return `the file ${key} of app.${name}`;
  return section === 'labels' ? `the label ${name ?? ''}` : path.join('.');
}

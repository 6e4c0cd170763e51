/** What a place of the file is to secrets. */
export interface SecretPlace {
  /** As a message calls it: `DB_PASSWORD in env of app.web`. */
  readonly where: string;
  /** What its value is called, when names say something there. */
  readonly name: string | undefined;
  /** Whether the text is a program's own settings, with a name on each line. */
  readonly isFile: boolean;
  /** How a secret is given there instead: by `${secret.NAME}`, by the environment of Terraform, or not at all. */
  readonly instead: 'interpolation' | 'environment' | 'nothing';
}

/** The place at a path of keys and indexes from the root. */
export function placeAt(path: readonly string[]): SecretPlace {
  const [section = '', name = '', field, key, inner] = path;
  const plain = { where: path.join('.'), name: undefined, isFile: false };
  if (section === 'apps' && field === 'env' && key !== undefined) {
    return { ...plain, where: `${key} in env of app.${name}`, name: key, instead: 'interpolation' };
  }
  if (section === 'apps' && field === 'files' && inner === 'content') {
    return { ...plain, where: `the file ${key} of app.${name}`, isFile: true, instead: 'interpolation' };
  }
  if (section === 'alerts') return { ...plain, instead: 'interpolation' };
  if (section === 'labels') return { ...plain, where: `the label ${name}`, name, instead: 'nothing' };
  if (section === 'terraform') return { ...plain, name: path.at(-1), instead: 'environment' };
  return { ...plain, instead: 'nothing' };
}

const topologyName = /^[a-z](?:[a-z0-9-]{0,19}[a-z0-9])?$/;

/**
 * A sample's text for a new project: named after its folder where that is a legal name, and with the schema at its public address
 * instead of a path into this repository.
 */
export function personalise(text: string, folderName: string, schemaUrl: string): string {
  const named = topologyName.test(folderName) ? text.replace(/^name: .*$/m, `name: ${folderName}`) : text;
  return named.replace(/^(# yaml-language-server: \$schema=).*$/m, `$1${schemaUrl}`);
}

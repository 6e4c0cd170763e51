const topologyName = /^[a-z](?:[a-z0-9-]{0,19}[a-z0-9])?$/;

/** A sample's text for a new project: named after its folder where that is a legal name. */
export function personalise(text: string, folderName: string): string {
  return topologyName.test(folderName) ? text.replace(/^name: .*$/m, `name: ${folderName}`) : text;
}

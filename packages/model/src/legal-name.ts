/** The name that is nearest to a text: `my-app` for `MyApp`. It may be empty or too long, or another thing's name. */
export function legalName(text: string): string {
  return text
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '');
}

/** Whether a text has the form of a name; how long it may be is the schema's. */
export function isLegalName(text: string): boolean {
  return /^[a-z]([a-z0-9-]*[a-z0-9])?$/.test(text);
}

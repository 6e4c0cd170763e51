/**
 * The reference of the language as Markdown: the introduction, then every field in the order of the schema.
 *
 * @param schema schemas/topology.v1.schema.json
 */
export function languageReference(schema: unknown): string;

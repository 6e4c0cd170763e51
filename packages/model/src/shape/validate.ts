import type { SchemaNode } from './schema-node.js';

/** A violation as Ajv reports it, with `verbose` on. */
export interface Violation {
  readonly keyword: string;
  /** JSON pointer of the value. */
  readonly instancePath: string;
  /** Where in the schema the keyword stands, such as `#/definitions/run/allOf/0/then/required`. */
  readonly schemaPath: string;
  /** What the keyword says more; `keys` and `because` are the shape check's own, for all keys that a map lacks. */
  readonly params: {
    readonly additionalProperty?: string;
    readonly missingProperty?: string;
    readonly keys?: readonly string[];
    readonly because?: string | undefined;
  };
  /** The node of the schema that has the keyword. */
  readonly parentSchema: SchemaNode;
  /** Set when a key is wrong, not the value under it. */
  readonly propertyName?: string;
}

/** A validator that was generated from a schema; what is wrong stands in `errors` until the next call. */
export interface Validate {
  (data: unknown): boolean;
  readonly errors?: readonly Violation[] | null;
}

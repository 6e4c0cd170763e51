/** A type as JSON Schema names it. */
export type SchemaType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object';

/** What Groundplan adds to a node of its schemas. */
export interface Annotation {
  /** The diagnostic for a violation of this node's constraint (not of its type). Any code but `schema/…` is reported by the check of that code. */
  readonly code?: string;
  /** The kinds of things that the text may name; what it names is looked at by the reader, not by the shape check. */
  readonly reference?: readonly string[];
  /** Whether a reference is written with its kind, `app.web`, or as the name alone. */
  readonly dotted?: boolean;
  /** A default that depends on something else, in words. */
  readonly default?: string;
  /** What the number counts, or the unit that is missing when somebody writes a bare number. */
  readonly unit?: string;
  /** Which part of Hetzner's catalogue has the values. */
  readonly catalog?: 'server_type';
  /** Whether `${…}` stands for something inside. */
  readonly interpolated?: boolean;
  /** What a violation of this node's constraint expects, where the constraint does not say it. */
  readonly expected?: string;
  /** Why this is needed or means nothing, in a few words. */
  readonly because?: string;
  /** Where a key that means nothing is no mere warning. */
  readonly severity?: 'error';
}

/** The part of JSON Schema (draft-07) that Groundplan's own schemas use. */
export interface SchemaNode {
  readonly $schema?: string;
  readonly $id?: string;
  readonly $ref?: string;
  readonly title?: string;
  /** Markdown. */
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly type?: SchemaType | readonly SchemaType[];
  readonly enum?: readonly string[];
  /** One for each of `enum`, in Markdown. */
  readonly markdownEnumDescriptions?: readonly string[];
  readonly const?: unknown;
  readonly pattern?: string;
  /** "expected …": what a text that does not match `pattern` should have been; editors of other makes show it too. */
  readonly patternErrorMessage?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: boolean | SchemaNode;
  readonly propertyNames?: SchemaNode;
  readonly minProperties?: number;
  readonly maxProperties?: number;
  readonly items?: SchemaNode;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly allOf?: readonly SchemaNode[];
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly not?: SchemaNode;
  readonly if?: SchemaNode;
  readonly then?: SchemaNode;
  readonly definitions?: Readonly<Record<string, SchemaNode>>;
  readonly 'x-groundplan'?: Annotation;
}

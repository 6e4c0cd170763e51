/** The parts of Terraform's and OpenTofu's JSON output that the tests look at. */

export type JsonObject = { [key: string]: unknown };

export interface Diagnostic {
  severity: 'error' | 'warning';
  summary: string;
  detail: string;
  /** The resource it is about, where there is one. */
  address: string | undefined;
  /** Where in main.tf.json, lines and columns from 1, where that is known. */
  range: { filename: string; start: Position; end: Position } | undefined;
}

export interface Position {
  line: number;
  column: number;
  byte: number;
}

export interface Change {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  /** `['create']`, `['update']`, `['delete', 'create']`, `['create', 'delete']`, `['delete']`, `['read']`, `['forget']`. */
  actions: string[];
  /** The attribute paths that force a replacement. */
  replacePaths: unknown[];
  before: unknown;
  after: unknown;
  afterUnknown: unknown;
}

/** @throws when the text is not a JSON object */
export function parseJsonObject(text: string): JsonObject {
  const value: unknown = JSON.parse(text);
  if (!isObject(value)) throw new Error(`expected a JSON object, got ${text.slice(0, 200)}`);
  return value;
}

/** The diagnostics in the stream of messages, one JSON object a line, that plan, apply, destroy and init write. */
export function diagnosticsOfStream(stdout: string): Diagnostic[] {
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map(parseJsonObject)
    .filter((message) => message.type === 'diagnostic')
    .map((message) => toDiagnostic(message.diagnostic));
}

/** The diagnostics in the single document that `validate -json` writes. */
export function diagnosticsOfValidate(stdout: string): Diagnostic[] {
  return arrayOf(parseJsonObject(stdout).diagnostics).map(toDiagnostic);
}

/** Every resource that a plan changes, without those that stay as they are. */
export function changesOf(plan: JsonObject): Change[] {
  return arrayOf(plan.resource_changes)
    .map(toChange)
    .filter(({ actions }) => actions.length !== 1 || actions[0] !== 'no-op');
}

function toDiagnostic(value: unknown): Diagnostic {
  const diagnostic = isObject(value) ? value : {};
  return {
    severity: diagnostic.severity === 'warning' ? 'warning' : 'error',
    summary: String(diagnostic.summary ?? ''),
    detail: String(diagnostic.detail ?? ''),
    address: typeof diagnostic.address === 'string' ? diagnostic.address : undefined,
    range: isObject(diagnostic.range) ? (diagnostic.range as unknown as Diagnostic['range']) : undefined,
  };
}

function toChange(value: unknown): Change {
  const resource = isObject(value) ? value : {};
  const change = isObject(resource.change) ? resource.change : {};
  return {
    address: String(resource.address),
    mode: resource.mode === 'data' ? 'data' : 'managed',
    type: String(resource.type),
    actions: arrayOf(change.actions).map(String),
    replacePaths: arrayOf(change.replace_paths),
    before: change.before ?? null,
    after: change.after ?? null,
    afterUnknown: change.after_unknown ?? null,
  };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function arrayOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

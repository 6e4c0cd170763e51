/**
 * What a configuration may hold: text that means itself, and Terraform expressions, which are never mixed up. Text is
 * escaped by the emitter; an expression is only ever made by the functions here.
 */

/** A Terraform expression, without the `${…}` around it. */
export interface Expression {
  readonly kind: 'expression';
  readonly text: string;
}

/** Text with expressions in it. */
export interface Template {
  readonly kind: 'template';
  readonly parts: readonly (string | Expression)[];
}

export type Value =
  | string
  | number
  | boolean
  | Expression
  | Template
  | readonly Value[]
  | { readonly [key: string]: Value | undefined };

export function expression(text: string): Expression {
  return { kind: 'expression', text };
}

export function template(...parts: readonly (string | Expression)[]): Template {
  return { kind: 'template', parts };
}

/** Text as a string literal inside an expression. */
export function quoted(text: string): string {
  const escaped = escapeTemplate(text)
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t');
  return `"${escaped}"`;
}

/** Text as Terraform's JSON syntax takes it: every string there is a template, so that `${` and `%{` of the text are doubled. */
export function escapeTemplate(text: string): string {
  return text.replaceAll(/[$%]\{/g, (opening) => opening.charAt(0) + opening);
}

export function isExpression(value: unknown): value is Expression {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'expression';
}

export function isTemplate(value: unknown): value is Template {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'template';
}

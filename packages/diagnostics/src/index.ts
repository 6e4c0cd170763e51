export type { Entry } from './catalogue/entry.js';
export { type Code, catalogue, documentationUrl, isCode } from './catalogue/index.js';
export type { Diagnostic, Edit, Fix, Related, Result, Severity } from './diagnostic.js';
export {
  indexLines,
  type LineIndex,
  lineText,
  offsetAt,
  type Position,
  positionAt,
  type Range,
  rangeOf,
} from './lines.js';
export { type Details, type Facts, normalise, report } from './report.js';
export { compareSpans, type Span, touches } from './span.js';

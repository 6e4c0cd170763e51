export { type AnchorMark, anchorMarks } from './anchor-marks.js';
export { type ChangedPart, changedPart } from './changed-part.js';
export { toData } from './data.js';
export { decode } from './decode.js';
export { format, formatEdits } from './format/format.js';
export {
  type Interpolation,
  scanInterpolations,
  type TextOnly,
  type TextPart,
  type UnclosedInterpolation,
} from './interpolations.js';
export * from './nodes.js';
export { parse } from './parse.js';
export { nodeAtPointer, type Pointed } from './pointer.js';
export { isUnclosed } from './quotes.js';
export { parserOfVersions } from './reparse.js';

export { cursorAt } from './cursor.js';
export type { InterpolationAt } from './interpolation.js';
export type { CommentCursor, Cursor, KeyCursor, ValueCursor } from './types.js';

import type { Catalog } from '@groundplan/catalog';
import type { Diagnostic, Span } from '@groundplan/diagnostics';
import type { Reference } from '../names.js';
import type { Declarations } from './names.js';

/** What one reading of a file collects and consults. */
export interface Reading {
  readonly catalog: Catalog;
  readonly declarations: Declarations;
  /** In the order they are met; sorted by place at the end. */
  readonly references: Reference[];
  readonly diagnostics: Diagnostic[];
  /** The first use of each secret stands for its declaration. */
  readonly secrets: Map<string, Span>;
}

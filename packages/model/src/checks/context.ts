import type { Catalog } from '@groundplan/catalog';
import type { Diagnostic } from '@groundplan/diagnostics';
import type { SyntaxTree } from '@groundplan/syntax';
import type { Model } from '../model.js';

/** What a check looks at. The text is there for the edits of fixes, never to be read again. */
export interface CheckContext {
  readonly model: Model;
  readonly tree: SyntaxTree;
  readonly catalog: Catalog;
}

/** A check returns what is wrong; several codes that look at one thing may share a check. */
export type Check = (context: CheckContext) => readonly Diagnostic[];

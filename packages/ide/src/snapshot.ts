import type { Catalog } from '@groundplan/catalog';
import type { Diagnostic } from '@groundplan/diagnostics';
import type { Config, Model } from '@groundplan/model';
import type { SyntaxTree } from '@groundplan/syntax';

/** One text as it stands, and what it says. */
export interface Facts {
  readonly tree: SyntaxTree;
  readonly model: Model;
  readonly catalog: Catalog;
  readonly config: Config;
}

/** The same with everything that is known about it: what most features look at. */
export interface Snapshot extends Facts {
  /** Of every stage, the files that the topology names and its hosts included. */
  readonly diagnostics: readonly Diagnostic[];
}

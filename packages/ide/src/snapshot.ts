import type { Catalog } from '@groundplan/catalog';
import type { Diagnostic } from '@groundplan/diagnostics';
import type { Config, Model } from '@groundplan/model';
import type { SyntaxTree } from '@groundplan/syntax';

/** One text as it stands, with everything that is known about it: what every feature looks at. */
export interface Snapshot {
  readonly tree: SyntaxTree;
  readonly model: Model;
  /** Of every stage, the files that the topology names and its hosts included. */
  readonly diagnostics: readonly Diagnostic[];
  readonly catalog: Catalog;
  readonly config: Config;
}

import { bundledCatalog, type Catalog } from '@groundplan/catalog';
import { type Diagnostic, normalise, type Result } from '@groundplan/diagnostics';
import { parse, type SyntaxTree } from '@groundplan/syntax';
import { runChecks } from './checks/index.js';
import { type Config, emptyConfig } from './config.js';
import type { Model } from './model.js';
import { readModel } from './read/read-model.js';
import { checkShape } from './shape/check-shape.js';
import { applySuppressions } from './suppress.js';

export interface Analysis {
  readonly tree: SyntaxTree;
  /** As complete as the text allows; to be built only when no diagnostic is an error. */
  readonly model: Model;
  /** Of every stage, after the file's own comments and the configuration, sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface AnalysisOptions {
  /** What Hetzner offers; the bundled catalogue by default. */
  readonly catalog?: Catalog;
  readonly config?: Config;
  /** How the text is parsed: for the versions of one text `parserOfVersions()` gives the same as `parse`, in less time. */
  readonly parse?: (text: string) => Result<SyntaxTree>;
}

/** Text to model: a pure function that takes any text and never throws. */
export function analyse(text: string, options: AnalysisOptions = {}): Analysis {
  const catalog = options.catalog ?? bundledCatalog;
  const { value: tree, diagnostics: ofSyntax } = (options.parse ?? parse)(text);
  const ofShape = tree.root === undefined ? [] : checkShape(tree);
  const { value: model, diagnostics: ofReferences } = readModel(tree, catalog);
  const ofChecks = tree.root === undefined ? [] : runChecks({ model, tree, catalog });
  const all = normalise([...ofSyntax, ...ofShape, ...ofReferences, ...ofChecks]);
  return { tree, model, diagnostics: normalise(applySuppressions(tree, all, options.config ?? emptyConfig)) };
}

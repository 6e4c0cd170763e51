import { bundledCatalog, type Catalog } from '@groundplan/catalog';
import { type Diagnostic, normalise, type Result } from '@groundplan/diagnostics';
import { parse, type SyntaxTree } from '@groundplan/syntax';
import { runChecks } from './checks/index.js';
import { type Config, emptyConfig } from './config.js';
import type { Model } from './model.js';
import { readModel } from './read/read-model.js';
import { checkShape } from './shape/check-shape.js';
import { applySuppressions } from './suppress.js';

/** A topology that is read, and not checked yet. */
export interface ReadTopology {
  readonly tree: SyntaxTree;
  /** As complete as the text allows; to be built only when no diagnostic of the analysis is an error. */
  readonly model: Model;
  /** What was wrong for the reader, before any comment of the file is obeyed. */
  readonly problems: readonly Diagnostic[];
}

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

/** Text to model and diagnostics: a pure function that takes any text and never throws. */
export function analyse(text: string, options: AnalysisOptions = {}): Analysis {
  return checkTopology(readTopology(text, options), options);
}

/** The first half of `analyse`: what the text says. Enough for whoever does not ask what is wrong with it. */
export function readTopology(text: string, options: AnalysisOptions = {}): ReadTopology {
  const { value: tree, diagnostics: ofSyntax } = (options.parse ?? parse)(text);
  const { value: model, diagnostics: ofReferences } = readModel(tree, options.catalog ?? bundledCatalog);
  return { tree, model, problems: [...ofSyntax, ...ofReferences] };
}

/** The second half, with the same options. */
export function checkTopology({ tree, model, problems }: ReadTopology, options: AnalysisOptions = {}): Analysis {
  const catalog = options.catalog ?? bundledCatalog;
  const ofText = tree.root === undefined ? [] : [...checkShape(tree), ...runChecks({ model, tree, catalog })];
  const all = normalise([...problems, ...ofText]);
  return { tree, model, diagnostics: normalise(applySuppressions(tree, all, options.config ?? emptyConfig)) };
}

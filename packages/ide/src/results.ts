import type { Diagnostic, Edit, Span } from '@groundplan/diagnostics';

/** What a completion stands for: an editor shows it as an icon. */
export type CompletionKind =
  | 'key'
  | 'value'
  | 'entity'
  | 'output'
  | 'server-type'
  | 'location'
  | 'host'
  | 'unit'
  | 'file'
  | 'snippet';

export interface CompletionItem {
  readonly label: string;
  readonly kind: CompletionKind;
  /** A few words beside the label: a type, a price. */
  readonly detail?: string;
  /** Markdown. What takes time to write is left out until the item is resolved. */
  readonly documentation?: string;
  /** Replaces the word under the cursor; a snippet when `snippet` is set (`$1`, `${2:text}`, `$0`, as in LSP). */
  readonly edit: Edit;
  readonly snippet?: true;
  /** Elsewhere in the text. */
  readonly additionalEdits?: readonly Edit[];
  /** Items are shown in the order of this text. */
  readonly sortText: string;
  /** What is compared with what is typed, when it is not the label. */
  readonly filterText?: string;
  /** Struck out: not to be had, but said so. */
  readonly deprecated?: true;
  readonly preselect?: true;
  /** Set when the next thing to type can be completed at once. */
  readonly continues?: true;
}

export interface Hover {
  readonly span: Span;
  readonly markdown: string;
}

export interface Target {
  /** The whole declaration. */
  readonly span: Span;
  /** The name in it. */
  readonly nameSpan: Span;
}

export interface Definition {
  /** What was asked about, to be underlined. */
  readonly origin: Span;
  readonly targets: readonly Target[];
}

export interface Highlight {
  readonly span: Span;
  /** `write` where it is declared. */
  readonly kind: 'read' | 'write';
}

/** Why something cannot be done, in one sentence for the user. */
export interface Refusal {
  readonly problem: string;
}

export interface RenameTarget {
  readonly span: Span;
  readonly placeholder: string;
}

export interface Renaming {
  readonly edits: readonly Edit[];
  /** The secret that gets another name: its value is kept elsewhere, under the name that it had. */
  readonly secret?: { readonly from: string; readonly to: string };
}

export type SymbolKind = 'namespace' | 'entity' | 'field' | 'text' | 'number' | 'boolean' | 'list';

export interface OutlineSymbol {
  readonly name: string;
  readonly detail?: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly children: readonly OutlineSymbol[];
}

export interface NamedSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** What it is part of: `apps`. */
  readonly container: string;
}

/** Lines from 0, both included. */
export interface Folding {
  readonly startLine: number;
  readonly endLine: number;
  readonly kind: 'region' | 'comment';
}

export interface DocumentLink {
  readonly span: Span;
  /** A path is relative to the folder of the topology. */
  readonly target: { readonly kind: 'file'; readonly path: string } | { readonly kind: 'url'; readonly url: string };
  readonly tooltip: string;
}

export const semanticTokenTypes = [
  'namespace',
  'type',
  'property',
  'variable',
  'enumMember',
  'string',
  'number',
  'keyword',
  'operator',
  'comment',
] as const;
export const semanticTokenModifiers = ['declaration', 'deprecated', 'readonly', 'defaultLibrary'] as const;

export interface SemanticToken {
  /** Within one line. */
  readonly span: Span;
  readonly type: (typeof semanticTokenTypes)[number];
  readonly modifiers: readonly (typeof semanticTokenModifiers)[number][];
}

/** Each kind can be switched off by itself. */
export const inlayKinds = ['defaults', 'addresses', 'counts'] as const;
export type InlayKind = (typeof inlayKinds)[number];

export interface InlayHint {
  readonly offset: number;
  readonly label: string;
  readonly kind: InlayKind;
  /** Markdown. */
  readonly tooltip?: string;
  /** What a double click writes into the text. */
  readonly edits?: readonly Edit[];
}

/** What a click on a lens does; the editor's client knows how. */
export type LensCommand =
  | { readonly kind: 'preview' }
  | { readonly kind: 'problems' }
  | { readonly kind: 'references'; readonly spans: readonly Span[] }
  | { readonly kind: 'none' };

export interface CodeLens {
  readonly span: Span;
  readonly title: string;
  readonly command: LensCommand;
}

export type CodeActionKind = 'quickfix' | 'source.fixAll' | 'refactor.rewrite';

export interface CodeAction {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly edits: readonly Edit[];
  /** What it mends. */
  readonly diagnostics: readonly Diagnostic[];
  readonly preferred?: true;
  /** Where to put the cursor after the edits, counted in the new text: for a reason that must be typed. */
  readonly select?: Span;
}

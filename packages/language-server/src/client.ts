import { type InitializeParams, MarkupKind } from 'vscode-languageserver';

/** What this client can do, as far as the server goes by it; each is false for a client that says nothing. */
export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescriptions: boolean;
  readonly fadesUnnecessary: boolean;
  readonly versionedDiagnostics: boolean;
  readonly snippets: boolean;
  /** A place in a snippet may be a choice of words. */
  readonly snippetChoices: boolean;
  /** How it wants texts; plain text where it does not say that it shows Markdown. */
  readonly completionMarkup: MarkupKind;
  readonly hoverMarkup: MarkupKind;
  readonly hintMarkup: MarkupKind;
  readonly strikesThrough: 'tags' | 'flag' | 'no';
  /** It moves the lines of what it inserts behind the first to the indentation of that one. */
  readonly adjustsIndentation: boolean;
  readonly preselects: boolean;
  /** It shows a few words beside each item of a list, not beside the chosen one alone. */
  readonly describesItems: boolean;
  readonly nestedSymbols: boolean;
  readonly definitionLinks: boolean;
  readonly linkTooltips: boolean;
  readonly versionedEdits: boolean;
  readonly preparesRename: boolean;
  readonly literalCodeActions: boolean;
  readonly preferredCodeActions: boolean;
  readonly configuration: boolean;
  readonly registersConfiguration: boolean;
  readonly workspaceFolders: boolean;
  /** It tells of changed files when it is asked to. */
  readonly watchesFiles: boolean;
  /** From `initializationOptions.commands`: it knows the commands of Groundplan's own extension. */
  readonly commands: boolean;
  /** From `initializationOptions.files`: it answers `groundplan/readFile`, `groundplan/statFile` and `groundplan/listFolder`. */
  readonly files: boolean;
}

/**
 * Clients whose snippets are those of YASnippet, which takes a choice for plain text, though the protocol has it for all that say they
 * support snippets: https://github.com/joaotavora/yasnippet/issues/1012. Eglot and lsp-mode call themselves so.
 */
const withoutChoices = /^(eglot|emacs)$/i;

export function clientOf({ capabilities, clientInfo, initializationOptions }: InitializeParams): Client {
  const { textDocument = {}, workspace = {} } = capabilities;
  const { completion, hover, publishDiagnostics, codeAction } = textDocument;
  const pull = textDocument.diagnostic;
  const item = completion?.completionItem;
  const own = optionsOf(initializationOptions);
  return {
    pullsDiagnostics: pull !== undefined,
    refreshesDiagnostics: workspace.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace.codeLens?.refreshSupport === true,
    refreshesHints: workspace.inlayHint?.refreshSupport === true,
    // Clients that pull say what a diagnostic may hold where they say it for pushed ones, or for both.
    relatedInformation: (pull?.relatedInformation ?? publishDiagnostics?.relatedInformation) === true,
    codeDescriptions: (pull?.codeDescriptionSupport ?? publishDiagnostics?.codeDescriptionSupport) === true,
    fadesUnnecessary: (pull?.tagSupport ?? publishDiagnostics?.tagSupport)?.valueSet.includes(1) === true,
    versionedDiagnostics: publishDiagnostics?.versionSupport === true,
    snippets: item?.snippetSupport === true,
    snippetChoices: item?.snippetSupport === true && !withoutChoices.test(clientInfo?.name ?? ''),
    completionMarkup: markup(item?.documentationFormat),
    hoverMarkup: markup(hover?.contentFormat),
    // The protocol has no capability for it; a client that shows Markdown in hovers shows it in hints.
    hintMarkup: markup(hover?.contentFormat),
    strikesThrough: item?.tagSupport?.valueSet.includes(1) ? 'tags' : item?.deprecatedSupport ? 'flag' : 'no',
    adjustsIndentation: item?.insertTextModeSupport?.valueSet.includes(2) === true,
    preselects: item?.preselectSupport === true,
    describesItems: item?.labelDetailsSupport === true,
    nestedSymbols: textDocument.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    definitionLinks: textDocument.definition?.linkSupport === true,
    linkTooltips: textDocument.documentLink?.tooltipSupport === true,
    versionedEdits: workspace.workspaceEdit?.documentChanges === true,
    preparesRename: textDocument.rename?.prepareSupport === true,
    literalCodeActions: codeAction?.codeActionLiteralSupport !== undefined,
    preferredCodeActions: codeAction?.isPreferredSupport === true,
    configuration: workspace.configuration === true,
    registersConfiguration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    watchesFiles: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    commands: own['commands'] === true,
    files: own['files'] === true,
  };
}

/** What the client was started with, if it is an object at all. */
export function optionsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
}

function markup(formats: readonly MarkupKind[] | undefined): MarkupKind {
  return formats?.includes(MarkupKind.Markdown) ? MarkupKind.Markdown : MarkupKind.PlainText;
}

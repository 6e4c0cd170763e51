import type { Range, Severity } from '@groundplan/diagnostics';
import type {
  DrawnNode,
  Fact,
  FailableThing,
  OverlayAction,
  OverlayChange,
  State,
  Statement,
  Theme,
} from '@groundplan/diagram';
import type { FileLook } from '@groundplan/hosts';
import type { Summary } from '@groundplan/ide';
import { RequestType } from 'vscode-languageserver';

/** A file of the client's, its bytes in base64, since messages are JSON. */
export type FileAnswer = Exclude<FileLook, { kind: 'file' }> | { readonly kind: 'file'; readonly base64: string };

/** From the server to a client that said `initializationOptions.files`. */
export const readFile = new RequestType<{ readonly uri: string }, FileAnswer, void>('groundplan/readFile');

/** Answers another text whenever the file may have changed, and null when nothing is there. */
export const statFile = new RequestType<{ readonly uri: string }, string | null, void>('groundplan/statFile');

export const listFolder = new RequestType<
  { readonly uri: string },
  readonly { readonly name: string; readonly kind: 'file' | 'folder' }[],
  void
>('groundplan/listFolder');

/** What a status bar says of a topology; null for a document that is not open, or no topology. */
export const summaryRequest = new RequestType<
  { readonly textDocument: { readonly uri: string } },
  Summary | null,
  void
>('groundplan/summary');

/** What to draw. Everything but the document may be left out. */
export interface DiagramParams {
  readonly textDocument: { readonly uri: string };
  /** Ids of stacks that are shown server by server. */
  readonly expanded?: readonly string[];
  /** Ids of what fails. */
  readonly failed?: readonly string[];
  /** What `terraform show -json` says of a plan, and the trace.json that it was built with. */
  readonly plan?: string;
  readonly trace?: string;
  readonly theme?: Theme;
}

/** A picture of a topology, with what can be said of its parts. Ranges are places in the text of `version`. */
export interface Picture {
  readonly version: number;
  readonly title: string;
  readonly svg: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** In the order of reading. */
  readonly nodes: readonly (Omit<DrawnNode, 'span' | 'facts'> & {
    readonly range: Range;
    readonly facts: readonly Fact[];
  })[];
  readonly problems: readonly {
    readonly severity: Severity;
    readonly code: string;
    readonly message: string;
    readonly range: Range;
    /** Ids of the nodes that it is drawn on. */
    readonly nodes: readonly string[];
  }[];
  /** What can fail, the large things first. */
  readonly failable: readonly FailableThing[];
  /** What fails, of what can. */
  readonly failed: readonly string[];
  readonly expanded: readonly string[];
  /** What the failure does, to users first. */
  readonly statements: readonly (Omit<Statement, 'within' | 'lost' | 'fault'> & {
    readonly within: string | null;
    readonly lost: string | null;
  })[];
  /** How nodes are that are not as they were, by id. */
  readonly states: Readonly<Record<string, State>>;
  /** What the plan does with nodes, by id. */
  readonly changes: Readonly<Record<string, OverlayAction>>;
  /** What it does with what is not drawn. */
  readonly otherChanges: readonly {
    readonly address: string;
    readonly action: OverlayChange['action'];
    readonly range: Range | null;
  }[];
  /** Why the plan or the trace could not be read. */
  readonly planProblems: readonly string[];
}

/** Null for a document that is not open, or no topology. */
export const diagramRequest = new RequestType<DiagramParams, Picture | null, void>('groundplan/diagram');

/** Commands that a client knows which says so in `initializationOptions.commands`, with their arguments. */
export const clientCommands = {
  /** `[uri]` */
  preview: 'groundplan.openPreviewToSide',
  /** `[uri]` */
  problems: 'groundplan.showProblems',
  /** `[uri, position, locations]` */
  references: 'groundplan.showReferences',
  /** `[uri, range]`, after the edits of an action */
  select: 'groundplan.select',
  /** `[]`, after a completion that another one follows */
  suggest: 'groundplan.suggest',
} as const;

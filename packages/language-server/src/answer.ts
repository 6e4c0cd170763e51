import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  type Position,
  ResponseError,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyses, Checked, Read } from './analyses.js';
import { type Documents, kindOf } from './documents.js';
import { offsetOf } from './translate.js';

export interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

export interface PlaceParams extends DocumentParams {
  readonly position: Position;
}

export type Handler<P, R> = (params: P, cancelled: CancellationToken) => Promise<R | ResponseError<never>>;

/** How every request about a document is answered. */
export interface Answers {
  /**
   * An answer about a topology at the version that it has when the request arrives. It is `empty` for a document that is not
   * open, or no topology. A request that has become pointless, because it was cancelled or the text was changed, is not worked on.
   */
  readonly about: <P extends DocumentParams, R>(
    empty: R,
    work: (checked: Checked, params: P) => R | Promise<R>,
  ) => Handler<P, R>;
  /** The same for what does not depend on what is wrong: nobody waits for the checks. */
  readonly reading: <P extends DocumentParams, R>(
    empty: R,
    work: (read: Read, params: P) => R | Promise<R>,
  ) => Handler<P, R>;
  /**
   * The same for what is asked while somebody types: it goes before everything that can wait, and the snapshot may know no more than
   * what is needed to say what can stand at the place that is asked about.
   */
  readonly whileTyping: <P extends PlaceParams, R>(
    empty: R,
    work: (checked: Checked, params: P) => R | Promise<R>,
  ) => Handler<P, R>;
  /** How many of these are being answered. */
  readonly urgent: () => number;
  /** The same for any document of ours, without its analysis, at the newest version. */
  readonly newest: <P extends DocumentParams, R>(
    empty: R,
    work: (document: TextDocument, params: P) => R | Promise<R>,
  ) => Handler<P, R>;
  /** For what is about no document. */
  readonly guard: <P, R>(work: (params: P, cancelled: CancellationToken) => Promise<R>) => Handler<P, R>;
}

/** @param settled resolves when every message that has arrived was handled */
export function answering(
  connection: Connection,
  documents: Documents,
  analyses: Analyses,
  settled: () => Promise<void>,
): Answers {
  /** A failure of ours is written down and answered; text never causes one, and the server goes on. */
  const guard: Answers['guard'] = (work) => async (params, cancelled) => {
    try {
      return await work(params, cancelled);
    } catch (error) {
      if (isAnswer(error)) return error;
      const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
      connection.console.error(`a request failed, which is a mistake in Groundplan: ${reason}`);
      return new ResponseError(ErrorCodes.InternalError, 'this failed, which is a mistake in Groundplan: see its log');
    }
  };

  const opened = (params: DocumentParams): TextDocument | undefined => {
    const uri: unknown = params?.textDocument?.uri;
    if (typeof uri !== 'string') throw new ResponseError(ErrorCodes.InvalidParams, 'textDocument.uri is missing');
    return documents.get(uri);
  };

  const aboutTopology =
    <P extends DocumentParams, R, C extends Read>(
      empty: R,
      look: (document: TextDocument, params: P) => Promise<C>,
      work: (found: C, params: P) => R | Promise<R>,
    ) =>
    async (params: P, cancelled: CancellationToken): Promise<R> => {
      const document = opened(params);
      if (document === undefined || kindOf(document) !== 'topology') return empty;
      const { version } = document;
      const isStale = () => document.version !== version;
      await settled();
      stopIf(cancelled.isCancellationRequested, LSPErrorCodes.RequestCancelled);
      if (documents.get(document.uri) !== document) return empty;
      stopIf(isStale(), LSPErrorCodes.ContentModified);
      const found = await look(document, params);
      stopIf(isStale() || found.version !== version, LSPErrorCodes.ContentModified);
      return work(found, params);
    };

  let urgent = 0;

  return {
    guard,
    about: (empty, work) => guard(aboutTopology(empty, analyses.of, work)),
    reading: (empty, work) => guard(aboutTopology(empty, analyses.read, work)),
    whileTyping: <P extends PlaceParams, R>(empty: R, work: (checked: Checked, params: P) => R | Promise<R>) => {
      const look = (document: TextDocument, { position }: P) =>
        analyses.whileTyping(document, ({ lines }) => offsetOf(lines, position));
      const answer = aboutTopology(empty, look, work);
      return guard<P, R>(async (params, cancelled) => {
        urgent += 1;
        try {
          return await answer(params, cancelled);
        } finally {
          urgent -= 1;
        }
      });
    },
    urgent: () => urgent,
    newest: (empty, work) =>
      guard(async (params, cancelled) => {
        const document = opened(params);
        if (document === undefined) return empty;
        await settled();
        stopIf(cancelled.isCancellationRequested, LSPErrorCodes.RequestCancelled);
        return documents.get(document.uri) === document ? work(document, params) : empty;
      }),
  };
}

function stopIf(isPointless: boolean, code: number): void {
  if (!isPointless) return;
  throw new ResponseError(
    code,
    code === LSPErrorCodes.ContentModified ? 'the text has changed' : 'the request was cancelled',
  );
}

/** What a handler throws to answer with an error. */
function isAnswer(error: unknown): error is ResponseError<never> {
  return error instanceof ResponseError;
}

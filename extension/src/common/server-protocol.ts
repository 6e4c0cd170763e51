import type { DiagramParams, FileAnswer, Picture, Summary } from '@groundplan/language-server';
import { RequestType } from 'vscode-languageclient';
import { methods } from './server-names.js';

interface DocumentParams {
  readonly textDocument: { readonly uri: string };
}

/** What the status bar says; null for what is no topology. */
export const summaryRequest = new RequestType<DocumentParams, Summary | null, void>(methods.summary);

export const diagramRequest = new RequestType<DiagramParams, Picture | null, void>(methods.diagram);

/** Files that only the client can reach, for the server. */
export const readFileRequest = new RequestType<{ readonly uri: string }, FileAnswer, void>(methods.readFile);

export const statFileRequest = new RequestType<{ readonly uri: string }, string | null, void>(methods.statFile);

export const listFolderRequest = new RequestType<
  { readonly uri: string },
  readonly { readonly name: string; readonly kind: 'file' | 'folder' }[],
  void
>(methods.listFolder);

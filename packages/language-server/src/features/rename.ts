import { prepareRename, type Refusal, rename } from '@groundplan/ide';
import {
  LSPErrorCodes,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { offsetIn, rangeIn, workspaceEdit } from '../translate.js';
import type { Feature } from './index.js';

export const renameFeature: Feature = ({ connection, answers, client }) => {
  connection.onPrepareRename(
    answers.about<PrepareRenameParams, PrepareRenameResult | null>(null, (checked, { position }) => {
      const target = agreed(prepareRename(checked.snapshot, offsetIn(checked, position)));
      return { range: rangeIn(checked, target.span), placeholder: target.placeholder };
    }),
  );
  connection.onRenameRequest(
    answers.about<RenameParams, WorkspaceEdit | null>(null, (checked, { position, newName }) => {
      const { edits } = agreed(rename(checked.snapshot, offsetIn(checked, position), String(newName)));
      return workspaceEdit(checked, edits, client);
    }),
  );
  return { renameProvider: client.preparesRename ? { prepareProvider: true } : true };
};

/** Clients show the message of this error to the user. */
function agreed<T extends object>(answer: T | Refusal): T {
  if ('problem' in answer) throw new ResponseError(LSPErrorCodes.RequestFailed, answer.problem);
  return answer;
}

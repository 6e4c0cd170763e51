import { prepareRename, type Refusal, type Renaming, rename } from '@groundplan/ide';
import { topologyFile } from '@groundplan/model';
import { lockFileOf } from '@groundplan/secrets';
import { entryOf, parse } from '@groundplan/syntax';
import {
  LSPErrorCodes,
  MessageType,
  type PrepareRenameParams,
  type PrepareRenameResult,
  type RenameParams,
  ResponseError,
  ShowMessageNotification,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import type { Session } from '../session.js';
import { offsetIn, rangeIn, workspaceEdit } from '../translate.js';
import { baseName, folderOf, resolveIn } from '../uris.js';
import type { Feature } from './index.js';

export const renameFeature: Feature = (session) => {
  const { connection, answers, client } = session;
  connection.onPrepareRename(
    answers.about<PrepareRenameParams, PrepareRenameResult | null>(null, (checked, { position }) => {
      const target = agreed(prepareRename(checked.snapshot, offsetIn(checked, position)));
      return { range: rangeIn(checked, target.span), placeholder: target.placeholder };
    }),
  );
  connection.onRenameRequest(
    answers.about<RenameParams, WorkspaceEdit | null>(null, async (checked, { position, newName }) => {
      const { edits, secret } = agreed(rename(checked.snapshot, offsetIn(checked, position), String(newName)));
      const message = secret && (await valueLeftBehind(session, checked, secret));
      if (message !== undefined)
        await connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message });
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

/**
 * What the user has to do besides, since the encrypted file knows the value under the old name and nobody here can open it; nothing where
 * it has none yet.
 */
async function valueLeftBehind(
  { filesOf }: Session,
  { uri, snapshot }: Checked,
  { from, to }: NonNullable<Renaming['secret']>,
): Promise<string | undefined> {
  const folder = folderOf(uri);
  const files = folder === undefined ? undefined : filesOf(folder);
  if (folder === undefined || files === undefined) return undefined;
  const file = snapshot.model.secrets.file.value;
  const seen = await files.look(resolveIn(folder, lockFileOf(file)));
  const known = seen.kind === 'file' ? secretsIn(new TextDecoder().decode(seen.bytes)) : [];
  if (!known.includes(from)) return undefined;
  const topology = baseName(uri) === topologyFile ? '' : ` ${baseName(uri)}`;
  return known.includes(to)
    ? `${file} holds values of ${from} and of ${to}: that of ${to} is used from now on; "groundplan keys remove ${from}${topology}" removes the other.`
    : `${file} still holds the value under ${from}: "groundplan keys rename ${from} ${to}${topology}" renames it there.`;
}

/** The names in a lock file; by the parser that is here anyway, since nothing else of the file matters. */
function secretsIn(text: string): readonly string[] {
  const secrets = entryOf(parse(text).value.root, 'secrets')?.value;
  return secrets?.kind === 'mapping' ? secrets.entries.map(({ key }) => key) : [];
}

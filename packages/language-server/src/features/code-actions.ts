import { type CodeAction, type CodeActionKind, codeActions } from '@groundplan/ide';
import type { CodeActionParams, CodeAction as ShownAction } from 'vscode-languageserver';
import type { Checked } from '../analyses.js';
import type { Client } from '../client.js';
import { configActions } from '../config/config-actions.js';
import { isConfig } from '../config/is-config.js';
import { showDiagnostic } from '../diagnostics/translate.js';
import { clientCommands } from '../protocol.js';
import { rangeAfter, spanIn, workspaceEdit } from '../translate.js';
import type { Feature } from './index.js';

/** Fixing all is ours alone, so that it can be asked for without what other servers fix. */
const shownKinds: Readonly<Record<CodeActionKind, string>> = {
  quickfix: 'quickfix',
  'source.fixAll': 'source.fixAll.groundplan',
  'refactor.rewrite': 'refactor.rewrite',
};

export const codeActionFeature: Feature = ({ connection, answers, client, documents }) => {
  // Without literals an action is a command that the server runs; edits that nobody sees before are worse than none.
  if (!client.literalCodeActions) return {};
  const ofTopology = answers.about<CodeActionParams, ShownAction[]>([], (checked, { range, context }) => {
    const only = wanted(context?.only);
    return codeActions(checked.snapshot, spanIn(checked, range), { only }).map((action) =>
      show(checked, action, client),
    );
  });
  const ofConfig = answers.newest<CodeActionParams, ShownAction[]>([], (document, { range, context }) =>
    wanted(context?.only).includes('quickfix') ? configActions(document, range, client) : [],
  );
  connection.onCodeAction((params, cancelled) =>
    (isConfig(documents, params) ? ofConfig : ofTopology)(params, cancelled),
  );
  return { codeActionProvider: { codeActionKinds: Object.values(shownKinds) } };
};

/** A kind that is asked for stands for all below it: `source` for `source.fixAll`. */
function wanted(only: readonly string[] | undefined): CodeActionKind[] {
  const all = Object.keys(shownKinds) as CodeActionKind[];
  if (only === undefined || only.length === 0) return all;
  return all.filter((kind) => only.some((each) => each === '' || `${shownKinds[kind]}.`.startsWith(`${each}.`)));
}

function show(checked: Checked, action: CodeAction, client: Client): ShownAction {
  const { title, kind, edits, diagnostics, preferred, select } = action;
  const { lines } = checked.snapshot.tree;
  return {
    title,
    kind: shownKinds[kind],
    edit: workspaceEdit(checked, edits, client),
    ...(diagnostics.length === 0
      ? {}
      : { diagnostics: diagnostics.map((each) => showDiagnostic(each, checked.uri, lines, client)) }),
    ...(preferred && client.preferredCodeActions ? { isPreferred: true } : {}),
    ...(select !== undefined && client.commands
      ? {
          command: {
            title,
            command: clientCommands.select,
            arguments: [checked.uri, rangeAfter(checked, edits, select)],
          },
        }
      : {}),
  };
}

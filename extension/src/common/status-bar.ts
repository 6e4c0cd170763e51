import {
  type Disposable,
  languages,
  MarkdownString,
  StatusBarAlignment,
  type TextDocument,
  window,
  workspace,
} from 'vscode';
import { State } from 'vscode-languageclient';
import { onTextChanged } from './changes.js';
import { languageId } from './client.js';
import { latest } from './latest.js';
import type { Session } from './platform.js';
import { summaryRequest } from './server-protocol.js';
import { spokenSummary, statusText, tooltipText } from './summary-text.js';

/** Problems, servers and monthly cost of the topology that is being edited. */
export function statusBar({ client }: Session): Disposable[] {
  const item = window.createStatusBarItem('groundplan.summary', StatusBarAlignment.Left, 10);
  item.name = 'Groundplan: Problems, Servers and Cost';
  item.command = 'groundplan.openPreviewToSide';

  const update = latest(async () => {
    const document = editedTopology();
    const isWanted = workspace.getConfiguration('groundplan').get<boolean>('statusBar', true);
    if (document === undefined || client.state !== State.Running || !isWanted) return item.hide();
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const summary = await client.sendRequest(summaryRequest, { textDocument: { uri } }).catch(() => undefined);
    // Nothing is known while the text changes: what is shown stays for that moment.
    if (summary === undefined || editedTopology() !== document) return;
    if (summary === null) return item.hide();
    item.text = statusText(summary);
    item.tooltip = new MarkdownString(tooltipText(summary));
    item.tooltip.isTrusted = { enabledCommands: ['groundplan.showProblems', 'groundplan.openPreviewToSide'] };
    item.accessibilityInformation = { label: spokenSummary(summary), role: 'button' };
    item.show();
  });
  return [
    item,
    window.onDidChangeActiveTextEditor(update),
    languages.onDidChangeDiagnostics(update),
    onTextChanged((document) => {
      if (document === editedTopology()) update();
    }),
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('groundplan.statusBar')) update();
    }),
    client.onDidChangeState(update),
  ];
}

/** While a preview has the focus, what is edited beside it. */
function editedTopology(): TextDocument | undefined {
  const editors = window.activeTextEditor === undefined ? window.visibleTextEditors : [window.activeTextEditor];
  return editors.find(({ document }) => document.languageId === languageId)?.document;
}

import {
  Range as CodeRange,
  type Disposable,
  languages,
  Selection,
  TextEditorRevealType,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { LSPErrorCodes, ResponseError, State } from 'vscode-languageclient';
import type { FromPreview, Picture, PreviewState, Range, ToPreview } from '../../messages/messages.js';
import { onTextChanged } from '../changes.js';
import { latest } from '../latest.js';
import { nodesAt } from '../nodes-at.js';
import type { Plan, Session } from '../platform.js';
import { diagramRequest } from '../server-protocol.js';
import { newNonce, previewHtml } from './html.js';
import { savePicture } from './save-picture.js';

/** One preview of one topology. */
export interface Preview {
  readonly uri: Uri;
  readonly panel: WebviewPanel;
  readonly showPlan: (plan: Plan | undefined) => void;
  readonly hasPlan: () => boolean;
  readonly exportSvg: () => void;
  readonly exportPng: () => void;
}

/** Fills a panel with the live picture of a topology, until it is closed. */
export function startPreview(
  session: Session,
  panel: WebviewPanel,
  uri: Uri,
  restored: Partial<PreviewState>,
  onChange: () => void,
): Preview {
  const { client, context, output } = session;
  let picture: Picture | undefined;
  let failed = restored.failed ?? [];
  let expanded = restored.expanded ?? [];
  let plan: Plan | undefined;
  let selected = '';
  let isReady = false;
  /** What the preview shows, so that nothing is drawn twice. */
  let sent = '';

  /** What was asked for before there was a picture. */
  const waiting: (() => void)[] = [];

  const send = (message: ToPreview) => void panel.webview.postMessage(message);
  const documentOf = () => workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

  const nothing = (reason: string) => {
    sent = '';
    send({ type: 'nothing', reason });
  };

  const update = latest(async () => {
    if (!isReady || !panel.visible || client.state !== State.Running) return;
    // The server knows what is open; a restored preview may be all that is.
    const document = documentOf() ?? (await openQuietly(uri));
    if (document === undefined) return nothing('The file is not there any more.');
    const textDocument = { uri: client.code2ProtocolConverter.asUri(uri) };
    const overlay = plan === undefined ? {} : { plan: plan.plan, trace: plan.trace };
    try {
      const answer = await client.sendRequest(diagramRequest, { textDocument, failed, expanded, ...overlay });
      if (answer === null) return nothing('This is no topology.');
      picture = { ...answer, plan: plan?.source };
      panel.title = `Preview ${answer.title}`;
      const { version: _, ...shown } = picture;
      const text = JSON.stringify(shown);
      if (text === sent) return;
      sent = text;
      send({ type: 'picture', picture });
      select();
      for (const work of waiting.splice(0)) work();
    } catch (error) {
      // The text was changed in the meantime, which asks again.
      if (error instanceof ResponseError && error.code === LSPErrorCodes.ContentModified) return;
      output.error(`preview: ${error instanceof Error ? error.message : String(error)}`);
      nothing('The language server gave no picture. Its output says why.');
    }
  });

  /** Marks what the cursor stands on. */
  const select = () => {
    const editor = [window.activeTextEditor, ...window.visibleTextEditors].find(
      (each) => each?.document.uri.toString() === uri.toString(),
    );
    const follows = workspace.getConfiguration('groundplan').get<boolean>('preview.followCursor', true);
    if (!follows || editor === undefined || picture === undefined) return;
    const ids = nodesAt(picture.nodes, editor.selection.active);
    if (ids.join(' ') === selected) return;
    selected = ids.join(' ');
    send({ type: 'select', ids });
  };

  const whenShown = (work: () => void) => {
    if (picture === undefined) waiting.push(work);
    else work();
  };
  const exportSvg = () => {
    whenShown(() => {
      if (picture !== undefined) void savePicture(uri, 'svg', new TextEncoder().encode(picture.svg));
    });
  };

  const receive = async (message: FromPreview) => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        selected = '';
        sent = '';
        send({ type: 'start', uri: uri.toString() });
        return update();
      case 'reveal':
        return reveal(uri, message.range, panel);
      case 'fail':
        failed = message.failed;
        return update();
      case 'expand':
        expanded = message.expanded;
        return update();
      case 'closePlan':
        plan = undefined;
        onChange();
        return update();
      case 'exportSvg':
        return exportSvg();
      case 'png':
        if (message.base64 === undefined) return void window.showErrorMessage('The picture could not be drawn as PNG.');
        return savePicture(uri, 'png', bytesOf(message.base64));
    }
  };

  const listeners: Disposable[] = [
    panel.webview.onDidReceiveMessage(receive),
    panel.onDidChangeViewState(() => {
      update();
      onChange();
    }),
    onTextChanged((document) => {
      if (document.uri.toString() === uri.toString()) update();
    }),
    // Files that the topology names, and the configuration, change the problems without changing the text.
    languages.onDidChangeDiagnostics(({ uris }) => {
      if (uris.some((each) => each.toString() === uri.toString())) update();
    }),
    client.onDidChangeState(update),
    window.onDidChangeTextEditorSelection(select),
    window.onDidChangeActiveTextEditor(select),
  ];
  panel.onDidDispose(() => {
    for (const listener of listeners) listener.dispose();
  });
  panel.webview.options = {
    enableScripts: true,
    localResourceRoots: [Uri.joinPath(context.extensionUri, 'dist', 'webview')],
  };
  panel.webview.html = previewHtml(panel.webview, context.extensionUri, newNonce());

  return {
    uri,
    panel,
    hasPlan: () => plan !== undefined,
    showPlan: (wanted) => {
      plan = wanted;
      onChange();
      update();
    },
    exportSvg,
    exportPng: () => whenShown(() => send({ type: 'makePng' })),
  };
}

async function openQuietly(uri: Uri) {
  try {
    return await workspace.openTextDocument(uri);
  } catch {
    return undefined;
  }
}

/** Shows lines of the file where it is open already, else beside the preview. */
async function reveal(uri: Uri, range: Range, panel: WebviewPanel): Promise<void> {
  const open = window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const fallback = panel.viewColumn === ViewColumn.One ? ViewColumn.Beside : ViewColumn.One;
  const document = await workspace.openTextDocument(uri);
  const editor = await window.showTextDocument(document, { viewColumn: open?.viewColumn ?? fallback });
  const { start, end } = range;
  const target = new CodeRange(start.line, start.character, end.line, end.character);
  editor.selection = new Selection(target.start, target.start);
  editor.revealRange(target, TextEditorRevealType.InCenterIfOutsideViewport);
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

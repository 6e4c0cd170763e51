import { commands, Uri, type ViewColumn, type WebviewPanel, window } from 'vscode';
import type { PreviewState } from '../../messages/messages.js';
import { languageId } from '../client.js';
import type { Session } from '../platform.js';
import { type Preview, startPreview } from './preview.js';

const viewType = 'groundplan.preview';

/** All previews that are open. */
export interface Previews {
  /** Shows the preview of a topology, a new one unless there is one already. */
  readonly open: (uri: Uri, column: ViewColumn) => Preview;
  /** The preview that has the focus, or else that of the topology that is being edited. */
  readonly current: () => Preview | undefined;
  /** The topology that a command is about: given, previewed or being edited. */
  readonly topology: (given: unknown) => Uri | undefined;
}

export function previews(session: Session): Previews {
  const all = new Set<Preview>();

  const refreshContext = () => {
    const focused = [...all].find(({ panel }) => panel.active);
    void commands.executeCommand('setContext', 'groundplan.previewFocused', focused !== undefined);
    void commands.executeCommand(
      'setContext',
      'groundplan.hasPlan',
      [...all].some((preview) => preview.hasPlan()),
    );
  };
  const start = (panel: WebviewPanel, uri: Uri, restored: Partial<PreviewState>) => {
    const preview = startPreview(session, panel, uri, restored, refreshContext);
    panel.iconPath = {
      light: Uri.joinPath(session.context.extensionUri, 'media', 'file-light.svg'),
      dark: Uri.joinPath(session.context.extensionUri, 'media', 'file-dark.svg'),
    };
    all.add(preview);
    panel.onDidDispose(() => {
      all.delete(preview);
      refreshContext();
    });
    refreshContext();
    return preview;
  };
  const of = (uri: Uri | undefined) => [...all].find((preview) => preview.uri.toString() === uri?.toString());
  const edited = () => {
    const document = window.activeTextEditor?.document;
    return document?.languageId === languageId ? document.uri : undefined;
  };
  const current = () => [...all].find(({ panel }) => panel.active) ?? of(edited());

  session.context.subscriptions.push(
    window.registerWebviewPanelSerializer(viewType, {
      deserializeWebviewPanel: async (panel, state: Partial<PreviewState> | undefined) => {
        if (typeof state?.uri === 'string') start(panel, Uri.parse(state.uri), state);
        else panel.dispose();
      },
    }),
  );
  return {
    current,
    topology: (given) => (given instanceof Uri ? given : (current()?.uri ?? edited())),
    open: (uri, column) => {
      const known = of(uri);
      if (known !== undefined) {
        known.panel.reveal(column, true);
        return known;
      }
      const name = uri.path.split('/').at(-1) ?? '';
      const panel = window.createWebviewPanel(viewType, `Preview ${name}`, { viewColumn: column, preserveFocus: true });
      return start(panel, uri, {});
    },
  };
}

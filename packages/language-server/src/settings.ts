import { type InlayKind, inlayKinds } from '@groundplan/ide';
import { type Connection, DidChangeConfigurationNotification } from 'vscode-languageserver';
import { type Client, optionsOf } from './client.js';

/** The settings `groundplan.*` that the server goes by; they may differ from folder to folder. */
export interface Settings {
  readonly inlayHints: ReadonlySet<InlayKind>;
  readonly codeLenses: boolean;
}

export interface SettingsStore {
  readonly of: (uri: string) => Promise<Settings>;
  readonly onChange: (listen: () => void) => void;
}

const section = 'groundplan';

/** Everything is on that was not switched off. */
function settingsOf(value: unknown): Settings {
  const hints = optionsOf(optionsOf(value)['inlayHints']);
  return {
    inlayHints: new Set(inlayKinds.filter((kind) => hints[kind] !== false)),
    codeLenses: optionsOf(optionsOf(value)['codeLens'])['enable'] !== false,
  };
}

/**
 * Settings as the client has them: it is asked about each document where it can be, else what it sends holds for all, and until it
 * sends any what it was started with (`initializationOptions.settings`).
 */
export function keepSettings(
  connection: Connection,
  client: Client,
  initial: unknown,
  onInitialized: (work: () => void) => void,
): SettingsStore {
  let pushed: unknown = initial;
  const asked = new Map<string, Promise<Settings>>();
  const listeners: (() => void)[] = [];

  onInitialized(() => {
    if (client.configuration && client.registersConfiguration)
      connection.client.register(DidChangeConfigurationNotification.type, { section }).catch(() => {
        connection.console.warn('the client does not tell when settings change');
      });
  });
  connection.onDidChangeConfiguration(({ settings }) => {
    const own = optionsOf(settings)[section];
    if (own !== undefined) pushed = own;
    asked.clear();
    for (const listen of listeners) listen();
  });

  return {
    onChange: (listen) => listeners.push(listen),
    of: (uri) => {
      if (!client.configuration) return Promise.resolve(settingsOf(pushed));
      const known = asked.get(uri);
      if (known !== undefined) return known;
      const asking = connection.workspace.getConfiguration({ scopeUri: uri, section }).then(
        (value: unknown) => settingsOf(value ?? pushed),
        () => settingsOf(pushed),
      );
      asked.set(uri, asking);
      return asking;
    },
  };
}

import {
  type Connection,
  createConnection,
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type MessageReader,
  MessageType,
  type MessageWriter,
  PositionEncodingKind,
  type ServerCapabilities,
  ShowMessageNotification,
  TextDocumentSyncKind,
} from 'vscode-languageserver';
import { keepAnalyses } from './analyses.js';
import { answering } from './answer.js';
import { clientOf, optionsOf } from './client.js';
import { pullDiagnostics } from './diagnostics/pull.js';
import { pushDiagnostics } from './diagnostics/push.js';
import { followDocuments, kindOf } from './documents.js';
import { features } from './features/index.js';
import { filesFinder } from './files.js';
import { followFolders } from './folders.js';
import type { Host } from './host.js';
import { guardMessages } from './messages.js';
import type { Session } from './session.js';
import { keepSettings } from './settings.js';
import { watchSurroundings } from './watching.js';

/** Serves one client until it is done or gone, of which the host is told. */
export function startServer(reader: MessageReader, writer: MessageWriter, host: Host): void {
  const messages = guardMessages(reader, writer);
  let isShutDown = false;
  const connection: Connection = createConnection(
    (logger) => createProtocolConnection(messages.reader, writer, logger, { messageStrategy: messages.strategy }),
    {
      get shutdownReceived() {
        return isShutDown;
      },
      set shutdownReceived(value) {
        isShutDown = value;
      },
      initialize: ({ processId }) => {
        if (typeof processId === 'number') host.watchClient(processId);
      },
      exit: (code) => host.exit(code === 0 ? 0 : 1),
    },
  );
  const leave = () => host.exit(isShutDown ? 0 : 1);
  reader.onClose(leave);
  writer.onClose(leave);

  const settled = async () => {
    do await host.turn();
    while (messages.waiting() > 0);
  };
  const documents = followDocuments(connection);
  connection.onInitialize((params) => openSession(connection, host, params, documents, settled));
  connection.listen();
}

function openSession(
  connection: Connection,
  host: Host,
  params: InitializeParams,
  documents: Session['documents'],
  settled: () => Promise<void>,
): InitializeResult {
  const report = (error: unknown) => {
    try {
      connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
    } catch {
      // What was under way when the client left has nobody to tell.
    }
  };
  const quietly = (asking: Promise<unknown>) => asking.catch(report);
  const client = clientOf(params);
  const filesOf = filesFinder(host, client, connection);
  const analyses = keepAnalyses(documents, filesOf, {
    complain: (message) => {
      quietly(connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message }));
    },
    trace: (message) => connection.tracer.log(message),
  });
  // The connection itself takes one listener only.
  const whenInitialized: (() => void)[] = [];
  connection.onInitialized(() => {
    for (const work of whenInitialized) work();
  });
  const onInitialized = (work: () => void) => whenInitialized.push(work);
  const session: Session = {
    connection,
    host,
    client,
    documents,
    analyses,
    filesOf,
    settled,
    answers: answering(connection, documents, analyses, settled),
    settings: keepSettings(connection, client, optionsOf(params.initializationOptions)['settings'], onInitialized),
    folders: followFolders(connection, client, params, onInitialized),
    onInitialized,
    report,
  };

  const refreshHints = () => {
    if (client.refreshesLenses) quietly(connection.sendRequest('workspace/codeLens/refresh'));
    if (client.refreshesHints) quietly(connection.languages.inlayHint.refresh());
  };
  const publish = client.pullsDiagnostics ? undefined : pushDiagnostics(connection, session);
  if (client.pullsDiagnostics) pullDiagnostics(connection, session);
  watchSurroundings(session, () => {
    if (publish !== undefined) {
      for (const document of documents.all()) if (kindOf(document) === 'topology') publish(document);
    } else if (client.refreshesDiagnostics) quietly(connection.languages.diagnostics.refresh());
    refreshHints();
  });
  session.settings.onChange(refreshHints);

  const capabilities: ServerCapabilities = {
    positionEncoding: PositionEncodingKind.UTF16,
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    ...(client.pullsDiagnostics
      ? { diagnosticProvider: { identifier: 'groundplan', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
  };
  for (const feature of features) Object.assign(capabilities, feature(session));
  return { capabilities, serverInfo: { name: 'groundplan', version: host.version } };
}

import {
  ErrorCodes,
  Message,
  type MessageReader,
  type MessageStrategy,
  type MessageWriter,
  type RequestMessage,
} from 'vscode-languageserver';

/** The stream of messages with what the specification says of it as a whole, apart from what any message means. */
export interface Messages {
  readonly reader: MessageReader;
  readonly strategy: MessageStrategy;
  /** How many have arrived and were not handled yet. */
  readonly waiting: () => number;
}

const cancel = '$/cancelRequest';

/**
 * Answers what is no message, and what comes before `initialize` or after `shutdown`; the rest reaches the connection.
 *
 * @see https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/#lifeCycleMessages
 */
export function guardMessages(reader: MessageReader, writer: MessageWriter): Messages {
  let waiting = 0;
  let phase: 'new' | 'running' | 'down' = 'new';

  const refuse = (id: RequestMessage['id'], code: number, message: string) => {
    const answer = { jsonrpc: '2.0', id, error: { code, message } };
    writer.write(answer).catch(() => {
      // The client is gone; the reader says so as well.
    });
  };

  reader.onError((error) => refuse(null, ErrorCodes.ParseError, error.message));

  const problemOf = ({ method, params }: RequestMessage): readonly [code: number, message: string] | undefined => {
    if (phase === 'down') return [ErrorCodes.InvalidRequest, 'the server is shut down'];
    if (method !== 'initialize')
      return phase === 'new' ? [ErrorCodes.ServerNotInitialized, 'the server is not initialized'] : undefined;
    if (phase === 'running') return [ErrorCodes.InvalidRequest, 'the server is initialized already'];
    const isComplete = isRecord(params) && isRecord(params['capabilities']);
    return isComplete ? undefined : [ErrorCodes.InvalidParams, 'initialize needs the capabilities of the client'];
  };

  return {
    waiting: () => waiting,
    reader: {
      onError: reader.onError,
      onClose: reader.onClose,
      onPartialMessage: reader.onPartialMessage,
      dispose: () => reader.dispose(),
      listen: (callback) =>
        reader.listen((message) => {
          if (!isMessage(message)) return refuse(idOf(message), ErrorCodes.InvalidRequest, 'this is no message');
          if (!Message.isNotification(message) || message.method !== cancel) waiting += 1;
          else if (!isRecord(message.params) || !isId(message.params['id'])) return;
          callback(message);
        }),
    },
    strategy: {
      handleMessage: (message, next) => {
        if (!Message.isNotification(message) || message.method !== cancel) waiting -= 1;
        if (Message.isRequest(message)) {
          const problem = problemOf(message);
          if (problem !== undefined) return refuse(message.id, ...problem);
          if (message.method === 'initialize') phase = 'running';
          if (message.method === 'shutdown') phase = 'down';
        } else if (Message.isNotification(message) && phase !== 'running' && message.method !== 'exit') return;
        return next(message);
      },
    },
  };
}

function isMessage(message: Message | undefined): boolean {
  if (!isRecord(message)) return false;
  return Message.isRequest(message) || Message.isNotification(message) || Message.isResponse(message);
}

function idOf(message: unknown): RequestMessage['id'] {
  const id = isRecord(message) ? message['id'] : null;
  return isId(id) ? id : null;
}

function isId(id: unknown): id is string | number {
  return typeof id === 'string' || typeof id === 'number';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

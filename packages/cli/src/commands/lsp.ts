import { options } from '../arguments/options.js';
import { command } from '../command.js';
import { Failure, failureOf } from '../failure.js';
import { version } from '../version.js';

export const lsp = command({
  about: [
    'Runs the language server, which an editor starts and talks to: diagnostics, completion, hover, renaming and more for topologies.',
    'Without an option it talks over standard input and output, as with --stdio. With --socket or --pipe it connects to the editor, which listens.',
  ],
  options: options({
    stdio: { kind: 'flag', summary: 'talk over standard input and output' },
    socket: {
      kind: 'count',
      placeholder: 'PORT',
      summary: 'talk over a connection to this port of the machine itself',
    },
    pipe: {
      kind: 'text',
      placeholder: 'NAME',
      completes: 'file',
      summary: 'talk over this socket, or named pipe of Windows',
    },
    clientProcessId: { kind: 'count', placeholder: 'ID', summary: 'end when this process ends' },
  }),
  examples: [{ command: 'groundplan lsp --stdio', does: 'what to configure in an editor' }],
  run: async ({ values }) => {
    const { stdio, socket, pipe, clientProcessId } = values;
    if ([stdio, socket !== undefined, pipe !== undefined].filter(Boolean).length > 1)
      throw new Failure('lsp takes one of --stdio, --socket and --pipe');
    if (socket !== undefined && (socket < 1 || socket > 65_535)) throw new Failure(`there is no port ${socket}`);
    const { connectStreams, serve, standardStreams } = await import('@groundplan/language-server/node');
    const streams =
      socket === undefined && pipe === undefined
        ? standardStreams()
        : await connectStreams(pipe ?? { port: socket ?? 0 }).catch((error) => {
            throw failureOf(pipe ?? `port ${socket}`, error);
          });
    return serve({ ...streams, version: version(), ...(clientProcessId === undefined ? {} : { clientProcessId }) });
  },
});

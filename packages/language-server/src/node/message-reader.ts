import type { Readable } from 'node:stream';
import { Emitter, type Message, type MessageReader, type PartialMessageInfo } from 'vscode-languageserver';
import { cutFrames } from './framing.js';

/** Reads messages from a stream; what is none is an error, after which it goes on. */
export function readMessages(input: Readable): MessageReader {
  const errors = new Emitter<Error>();
  const closes = new Emitter<void>();
  const partials = new Emitter<PartialMessageInfo>();
  let isClosed = false;
  const close = () => {
    if (!isClosed) closes.fire();
    isClosed = true;
  };
  return {
    onError: errors.event,
    onClose: closes.event,
    onPartialMessage: partials.event,
    dispose: () => {
      for (const emitter of [errors, closes, partials]) emitter.dispose();
    },
    listen: (callback) => {
      const take = cutFrames({
        onBody: (body) => {
          const message = parsed(body);
          if (message === undefined) errors.fire(new Error('the message is not JSON'));
          else callback(message.value as Message);
        },
        onNoise: (reason) => errors.fire(new Error(reason)),
      });
      input.on('data', take);
      input.on('end', close);
      input.on('close', close);
      input.on('error', close);
      return { dispose: () => input.off('data', take) };
    },
  };
}

function parsed(body: Buffer): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(body.toString('utf8')) };
  } catch {
    return undefined;
  }
}

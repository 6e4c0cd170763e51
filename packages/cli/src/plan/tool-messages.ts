import type { ToolError } from '@groundplan/terraform';

/** What Terraform or OpenTofu said with `-json`. */
export interface ToolMessages {
  /** In their order. */
  readonly errors: readonly ToolError[];
  /** In one line each, each once. */
  readonly warnings: readonly string[];
  /** False when there was not a single message, so that the text is something else. */
  readonly any: boolean;
}

/** Reads the lines that `init`, `plan` and `apply` write with `-json`; lines that are no messages are passed over. */
export function readMessages(output: string): ToolMessages {
  const messages = output.split('\n').flatMap((line) => {
    const message = parseLine(line);
    return message === undefined ? [] : [message];
  });
  const diagnostics = messages.flatMap((message) => {
    const diagnostic = recordOf(message.diagnostic);
    return message.type === 'diagnostic' && diagnostic !== undefined ? [diagnostic] : [];
  });
  const of = (severity: string) => diagnostics.filter((diagnostic) => diagnostic.severity === severity);
  return {
    errors: withAddress(of('error').map(errorOf), messages.flatMap(failedAddress)),
    warnings: [...new Set(of('warning').map(lineOf))],
    any: messages.length > 0,
  };
}

function errorOf(diagnostic: Fields): ToolError {
  const address = diagnostic.address;
  const range = recordOf(diagnostic.range);
  const byte = recordOf(range?.start)?.byte;
  return {
    summary: textOf(diagnostic.summary),
    detail: textOf(diagnostic.detail),
    address: typeof address === 'string' && address !== '' ? address : undefined,
    byte: range?.filename === 'main.tf.json' && typeof byte === 'number' ? byte : undefined,
  };
}

/** The resource that an apply failed at. */
function failedAddress({ type, hook }: Fields): string[] {
  const address = recordOf(recordOf(hook)?.resource)?.addr;
  return type === 'apply_errored' && typeof address === 'string' ? [address] : [];
}

/** An error about what is no longer in the configuration does not name it; when one such failed, it is that one. */
function withAddress(errors: readonly ToolError[], failed: readonly string[]): ToolError[] {
  const named = new Set(errors.map(({ address }) => address));
  const [only, ...others] = failed.filter((address) => !named.has(address));
  return errors.map((error) =>
    others.length === 0 && error.address === undefined && error.byte === undefined
      ? { ...error, address: only }
      : error,
  );
}

/** An error or a warning in one line. */
export function lineOf({ summary, detail }: Fields): string {
  return [textOf(summary), textOf(detail)]
    .filter((text) => text !== '')
    .join(': ')
    .replace(/\s+/g, ' ');
}

type Fields = Readonly<Record<string, unknown>>;

function textOf(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}

function parseLine(line: string): Fields | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const message = recordOf(JSON.parse(line));
    return typeof message?.type === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

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
    errors: of('error').map(errorOf),
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

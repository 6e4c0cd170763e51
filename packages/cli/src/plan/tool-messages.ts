import type { ToolError } from '@groundplan/terraform';

/** The errors in the lines that `plan -json` and `init -json` write, in their order. */
export function errorsIn(output: string): ToolError[] {
  return output.split('\n').flatMap((line) => {
    const message = parseLine(line);
    const diagnostic = recordOf(message?.['diagnostic']);
    if (message?.['type'] !== 'diagnostic' || diagnostic?.['severity'] !== 'error') return [];
    const address = diagnostic['address'];
    return [
      {
        summary: String(diagnostic['summary'] ?? ''),
        detail: String(diagnostic['detail'] ?? ''),
        address: typeof address === 'string' ? address : addressIn(diagnostic),
      },
    ];
  });
}

/** Where the error stands, when it is said only as the place in the configuration: `resource "hcloud_server" "name"`. */
function addressIn(diagnostic: Readonly<Record<string, unknown>>): string | undefined {
  const context = recordOf(diagnostic['snippet'])?.['context'];
  const path = typeof context === 'string' ? /^(?:resource\.)?([a-z_]+)\.([A-Za-z0-9_-]+)|^resource "([^"]+)" "([^"]+)"/.exec(context) : null;
  return path === null ? undefined : `${path[1] ?? path[3]}.${path[2] ?? path[4]}`;
}

function parseLine(line: string): Readonly<Record<string, unknown>> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return recordOf(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
}

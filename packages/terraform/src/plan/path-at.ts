const token = /\s+|"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/y;

const encoder = new TextEncoder();

/** A list counts as a step as well: `undefined` stands for its index. */
type Step = { kind: 'object'; key: string | undefined } | { kind: 'list' };

/**
 * The keys that lead to the value at a byte (of the UTF-8 text) of a JSON text, outermost first, list indexes left out:
 * `['resource', 'hcloud_server', 'web', 'name']`. Terraform gives places in main.tf.json this way. Stops where the text is no JSON.
 */
export function pathAt(text: string, byte: number): string[] {
  const steps: Step[] = [];
  let bytes = 0;
  token.lastIndex = 0;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const [written] = match;
    bytes += encoder.encode(written).length;
    const top = steps.at(-1);
    if (written.startsWith('"') && top?.kind === 'object' && top.key === undefined) top.key = parsedKey(written);
    if (bytes > byte) {
      // Terraform points at the closing brace of what it means as a whole.
      if (written === '}' && top?.kind === 'object') top.key = undefined;
      break;
    }
    if (written === '{') steps.push({ kind: 'object', key: undefined });
    else if (written === '[') steps.push({ kind: 'list' });
    else if (written === '}' || written === ']') steps.pop();
    else if (written === ',' && top?.kind === 'object') top.key = undefined;
  }
  return steps.flatMap((step) => (step.kind === 'object' && step.key !== undefined ? [step.key] : []));
}

function parsedKey(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written.slice(1, -1);
  }
}

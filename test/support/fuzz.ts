import { fileURLToPath } from 'node:url';
import { analyse } from '@groundplan/model';
import { format } from '@groundplan/syntax';
import { mutations, nastyYaml, topologiesBelow } from './mutate.js';

const longestMilliseconds = 2000;

export interface FuzzResult {
  readonly failures: readonly { readonly text: string; readonly reason: string }[];
  readonly slowest: { readonly text: string; readonly milliseconds: number };
}

/**
 * Puts mutations of the samples, the cases and of awkward YAML through check and the formatter. An input fails when it throws,
 * takes more than two seconds, gives a diagnostic outside the text, or has no errors and is read differently once it is formatted.
 */
export function fuzz({
  count,
  seed,
  onProgress = () => {},
}: {
  readonly count: number;
  readonly seed: number;
  readonly onProgress?: (done: number) => void;
}): FuzzResult {
  const below = (folder: string) => topologiesBelow(fileURLToPath(new URL(folder, import.meta.url)));
  const inputs = mutations([...nastyYaml, ...below('../../samples'), ...below('../cases')], seed);
  const failures: { text: string; reason: string }[] = [];
  let slowest = { text: '', milliseconds: 0 };
  for (let done = 0; done < count && failures.length < 20; done++) {
    const text = inputs.next().value;
    const begin = performance.now();
    const reason = reasonToFail(text);
    const milliseconds = performance.now() - begin;
    if (milliseconds > slowest.milliseconds) slowest = { text, milliseconds };
    if (reason !== undefined) failures.push({ text, reason });
    else if (milliseconds > longestMilliseconds) failures.push({ text, reason: `took ${milliseconds.toFixed(0)} ms` });
    onProgress(done);
  }
  return { failures, slowest };
}

function reasonToFail(text: string): string | undefined {
  try {
    const { diagnostics, model } = analyse(text);
    const outside = diagnostics.find(({ span }) => span.start < 0 || span.end < span.start || span.end > text.length);
    if (outside !== undefined) return `${outside.code} lies outside the text`;
    const formatted = format(text);
    if (formatted.diagnostics.some(({ severity }) => severity === 'error')) return undefined;
    const again = format(formatted.value).value;
    if (again !== formatted.value) return 'formatting twice gives another text';
    const hosts = (of: typeof model) => JSON.stringify(of.hosts.map(({ name, address }) => [name, address]));
    if (hosts(analyse(formatted.value).model) !== hosts(model)) return 'formatting changes the hosts';
    return undefined;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

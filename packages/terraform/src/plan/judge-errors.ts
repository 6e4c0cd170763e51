import { type Diagnostic, normalise, report, type Span } from '@groundplan/diagnostics';
import { groups, lostNames, type PlacedChange } from './judge-plan.js';
import { pathAt } from './path-at.js';
import { type PlanContext, placeOf, sectionOfHost, writtenType } from './place-of.js';

/** An error that Terraform or OpenTofu reported. */
export interface ToolError {
  readonly summary: string;
  readonly detail: string;
  /** The resource that it is about, if it says so. */
  readonly address: string | undefined;
  /** Where in main.tf.json, a byte from 0, if it says so: a precondition that fails has only this. */
  readonly byte: number | undefined;
}

/** What the plan, or an apply of it, was made from. */
export interface ErrorContext extends PlanContext {
  readonly mainTfJson: string;
  /** As far as planning came before it failed; empty for an apply. */
  readonly changes: readonly PlacedChange[];
}

export interface JudgedErrors {
  /** What is refused, each at the line that made it; in the same words for many resources, it is said once. Sorted by place. */
  readonly diagnostics: readonly Diagnostic[];
  /** What has nothing to do with the topology: a missing variable, a wrong token, no connection. In one line each, each once. */
  readonly others: readonly string[];
}

/** Tells errors that lines of the topology are the reason for from those that the surroundings are the reason for. */
export function judgeErrors(context: ErrorContext, errors: readonly ToolError[]): JudgedErrors {
  const refusals: { reason: string; address: string; span: Span }[] = [];
  const others = new Set<string>();
  // The plan itself says of these that they would be lost, at a better place.
  const known = lostNames(context.changes);
  const isKnown = (names: readonly string[]) => names.length > 0 && names.every((name) => known.has(name));
  const orphans = new Set(errors.flatMap(orphanOfLastBucket));
  for (const error of errors) {
    if (orphanOfLastBucket(error).length > 0) continue;
    const { address, attribute } = subjectOf(context, error);
    const outside = reasonOutside(error, address);
    if (outside !== undefined) others.add(outside);
    else if (address === undefined) others.add(wordsOf(error));
    else if (address !== guard || !isKnown(guarded(error)))
      refusals.push({ reason: wordsOf(error), address, span: spanOf(context, error, address, attribute) });
  }
  const diagnostics = groups(refusals, ({ reason, span }) => [reason, span.start, span.end]).map((group) => {
    const { reason, span } = group[0];
    const addresses = new Set(group.map(({ address }) => address).filter((address) => address !== guard));
    return report('plan/refused', span, { reason, addresses: [...addresses].sort() });
  });
  return { diagnostics: normalise([...diagnostics, ...lastBucket(context, [...orphans].sort())]), others: [...others] };
}

/** What is left of a bucket when its provider's configuration is gone: that goes with the last bucket of a topology. */
function orphanOfLastBucket({ summary, detail }: ToolError): string[] {
  if (summary !== 'Provider configuration not present') return [];
  const [, address] = /^To work with (minio_\S+) .*provider\["[^"]*\/minio"\]/s.exec(oneLine(detail)) ?? [];
  return address === undefined ? [] : [address];
}

function lastBucket(context: ErrorContext, addresses: readonly string[]): Diagnostic[] {
  const [first] = addresses;
  if (first === undefined) return [];
  const { call = 'terraform' } = context;
  return [report('plan/last-bucket', placeOf(context, first).span, { addresses, call })];
}

const guard = 'terraform_data.guard';

interface Subject {
  /** Of a resource, a data source, a local value or an output. */
  readonly address: string | undefined;
  readonly attribute: string | undefined;
}

function subjectOf({ mainTfJson }: ErrorContext, { address, byte }: ToolError): Subject {
  const [block = '', first, second, third] = byte === undefined ? [] : pathAt(mainTfJson, byte);
  const found = addressOf(block, first, second);
  return { address: address ?? found, attribute: address === undefined || address === found ? third : undefined };
}

/** The address of what stands at a path of main.tf.json. */
function addressOf(block: string, first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined) return undefined;
  switch (block) {
    case 'resource':
      return second === undefined ? undefined : `${first}.${second}`;
    case 'data':
      return second === undefined ? undefined : `data.${first}.${second}`;
    case 'variable':
      return `var.${first}`;
    case 'locals':
      return `local.${first}`;
    case 'output':
      return `output.${first}`;
    default:
      return undefined;
  }
}

/** What is wrong outside the topology, and undefined for everything else. */
function reasonOutside(error: ToolError, address: string | undefined): string | undefined {
  const { summary, detail } = error;
  const variable = address?.startsWith('var.') ? address.slice('var.'.length) : undefined;
  if (variable !== undefined && summary === 'No value for required variable')
    return `set TF_VAR_${variable}, which has no value`;
  if (variable !== undefined || address?.startsWith('provider')) return wordsOf(error);
  // Go says so, in these words, of a request to which no answer came at all.
  const unanswered = /\b(?:Get|Head|Post|Put|Patch|Delete) "([a-z]+:\/\/[^/"]+)[^"]*": (.+)/.exec(
    oneLine(`${summary} ${detail}`),
  );
  if (unanswered !== null) return `${unanswered[1]} cannot be reached: ${unanswered[2]}`;
  return /\((?:unauthorized|rate_limit_exceeded)\)/.test(wordsOf(error)) ? wordsOf(error) : undefined;
}

function spanOf(context: ErrorContext, error: ToolError, address: string, attribute: string | undefined): Span {
  if (address === guard) return sectionOfHost(context.analysis, guarded(error)[0] ?? '');
  const isAboutType = attribute === 'server_type' || /\bserver[ _]type\b/i.test(`${error.summary} ${error.detail}`);
  const [type, name = ''] = address.split('.');
  const written = type === 'hcloud_server' && isAboutType ? writtenType(context, name) : undefined;
  return written ?? placeOf(context, address).span;
}

/** The hosts that the guard says would be lost. */
function guarded({ detail }: ToolError): readonly string[] {
  return detail.match(/[a-z][a-z0-9-]*-(?:db|sto)-[a-z0-9-]+-\d+/g) ?? [];
}

/** What is said, without what the provider says around every refusal (its internal/util/hcloudutil/error_framework.go). */
function wordsOf({ summary, detail }: ToolError): string {
  // The words of a precondition stand for themselves.
  const isPrecondition = detail !== '' && summary === 'Resource precondition failed';
  const words = isPrecondition ? detail : [summary, detail].filter((text) => text !== '').join(': ');
  return (
    oneLine(words)
      .replace(
        /^(?:API request failed|Invalid field in API request): An \w+ \w+ was encountered during an API request\. /,
        '',
      )
      .replace('The field might not map 1:1 to your terraform resource. ', '')
      .replace(/(?: Error code: \w+)?(?: Status code: \d+)?$/, '')
      // Hetzner numbers its answers, which would tell two refusals in the same words apart.
      .replaceAll(/\(([a-z_]+), [0-9a-f]{16,}\)/g, '($1)')
  );
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

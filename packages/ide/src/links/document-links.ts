import { documentationUrl, isCode, type Span } from '@groundplan/diagnostics';
import { namedFiles } from '@groundplan/model';
import type { DocumentLink } from '../results.js';
import type { Snapshot } from '../snapshot.js';
import { withoutQuotes } from '../tree/own.js';
import { imagePage } from './image-page.js';

const fileTooltips = {
  'ssh-key': 'Open the public key',
  script: 'Open the script',
  file: 'Open the file',
} as const;

/** What can be opened by a click: the files that the topology names, artifacts, the pages of images, and of diagnostics that are ignored. */
export function documentLinks({ tree, model }: Snapshot): readonly DocumentLink[] {
  const links: DocumentLink[] = [];
  const add = (span: Span, target: DocumentLink['target'], tooltip: string) =>
    links.push({ span: withoutQuotes(tree.text, span), target, tooltip });
  for (const { path, span, kind } of namedFiles(model)) {
    if (isRelative(path)) add(span, { kind: 'file', path }, fileTooltips[kind]);
  }
  const secrets = model.secrets.file;
  if (secrets.origin.kind === 'written' && isRelative(secrets.value)) {
    add(secrets.origin.span, { kind: 'file', path: secrets.value }, 'Open the encrypted secrets');
  }
  for (const { run } of model.apps) {
    if (run?.kind === 'artifact' && /^https?:\/\/[^\s$]+$/.test(run.url.value)) {
      add(run.url.origin.span, { kind: 'url', url: run.url.value }, 'Download the artifact');
    }
    const page = run?.kind === 'container' ? imagePage(run.image.value) : undefined;
    if (run?.kind === 'container' && page !== undefined) {
      add(run.image.origin.span, { kind: 'url', url: page.url }, `Open the image at ${page.registry}`);
    }
  }
  for (const { codes } of tree.suppressions) {
    for (const { code, span } of codes) {
      if (isCode(code)) add(span, { kind: 'url', url: documentationUrl(code) }, `What ${code} means`);
    }
  }
  const sorted = links.sort((a, b) => a.span.start - b.span.start);
  // An alias repeats a value in several places of the model, but it is written once.
  return sorted.filter(({ span }, index) => span.end > span.start && sorted[index - 1]?.span.start !== span.start);
}

/** A path that leads somewhere from the folder of the topology, on any system. */
function isRelative(path: string): boolean {
  return path !== '' && !/^(?:[/\\]|[A-Za-z]:|[a-z]+:\/\/)/.test(path) && !/[\r\n\0]/.test(path);
}

import type { Summary } from '@groundplan/language-server';

/** For the status bar, with icons; problems only where there are some. */
export function statusText({ errors, warnings, hosts, cost }: Summary): string {
  const problems = [...(errors > 0 ? [`$(error) ${errors}`] : []), ...(warnings > 0 ? [`$(warning) ${warnings}`] : [])];
  return `$(type-hierarchy-sub) ${[...(problems.length > 0 ? [problems.join(' ')] : []), count(hosts, 'server'), cost].join(' · ')}`;
}

/** Markdown, with commands. */
export function tooltipText(summary: Summary): string {
  const { name, errors, warnings, hosts, cost } = summary;
  return [
    ...(name === '' ? [] : [`**${name}**`]),
    `[${count(errors, 'error')}, ${count(warnings, 'warning')}](command:groundplan.showProblems)`,
    `${count(hosts, 'server')}, ${cost} without VAT`,
    '[Open the preview](command:groundplan.openPreviewToSide)',
  ].join('\n\n');
}

export function spokenSummary({ errors, warnings, hosts, cost }: Summary): string {
  return `${count(errors, 'error')}, ${count(warnings, 'warning')}, ${count(hosts, 'server')}, ${cost}`;
}

function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? '' : 's'}`;
}

import { escaped } from './escaped.js';
import { isKept, type PromiseResult, type Report, type Result } from './report.js';
import { style } from './style.js';
import { timelineSvg } from './timeline-svg.js';

/** A report as one page that needs nothing besides itself. */
export function renderHtml(report: Report): string {
  const { topology, results, differences, phases } = report;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Rehearsal of ${escaped(topology)}</title>
<style>${style}</style>
</head>
<body>
<h1>Rehearsal of ${escaped(topology)}</h1>
<p class="quiet">What users saw while its parts failed, on real Debian hosts made by the unmodified output of Groundplan.</p>
${verdict(report)}
${facts(report)}
<h2>Overview</h2>
${overview(results)}
<h2>What happened</h2>
<p class="legend"><span><i style="background: var(--served)"></i>requests served in a second</span><span><i style="background: var(--failed)"></i>requests that failed</span></p>
${results.map(card).join('\n')}
<h2>How it was made</h2>
${phaseTable(phases)}
<details>
<summary>In what this differs from Hetzner</summary>
<ul>
${differences.map((each) => `<li>${escaped(each)}</li>`).join('\n')}
</ul>
</details>
</body>
</html>
`;
}

function verdict(report: Report): string {
  const { results, leftOut } = report;
  const promises = results.flatMap((result) => result.promises);
  const kept = promises.filter((each) => each.kept).length;
  const missed = results.filter(({ outcome }) => outcome !== 'kept');
  const head = isKept(report)
    ? `All ${promises.length} promises were kept`
    : kept === promises.length
      ? `${counted(missed.length, 'scenario')} could not be carried out`
      : `${promises.length - kept} of ${promises.length} promises were not kept`;
  const names = missed.map(({ scenario }) => `<a href="#${escaped(scenario)}">${escaped(scenario)}</a>`).join(', ');
  const tail = names === '' ? `in ${counted(results.length, 'scenario')}` : `in ${names}`;
  const note = leftOut.length === 0 ? '' : `; ${counted(leftOut.length, 'scenario')} that could happen to it left out`;
  return `<div class="verdict ${isKept(report) ? 'kept' : 'missed'}">${head}<small>${tail}${note}</small></div>`;
}

function facts({ began, tool, machine, hosts, file }: Report): string {
  const items = [
    `${began.slice(0, 10)} ${began.slice(11, 16)} UTC`,
    file,
    counted(hosts.length, 'host'),
    `${tool.name} ${tool.version}`,
    `on ${counted(machine.processors, 'processor')} with ${machine.memoryGigabytes} GB`,
  ];
  return `<ul class="facts">${items.map((each) => `<li>${escaped(each)}</li>`).join('')}</ul>`;
}

function overview(results: readonly Result[]): string {
  const rows = results.map((result) => {
    const { outcome, scenario, title, fault } = result;
    const sign = outcome === 'kept' ? '✓' : '✗';
    return `<tr class="${outcome}"><td class="mark">${sign}</td><td><a href="#${escaped(scenario)}">${escaped(title)}</a></td><td class="quiet">${fault ?? ''}</td><td class="number">${escaped(figure(result))}</td></tr>`;
  });
  return `<table class="overview">
<tr><th class="mark"></th><th>scenario</th><th>fault</th><th>what users lost</th></tr>
${rows.join('\n')}
</table>`;
}

/** The one figure that says most: the first promise that was missed, else how long it took until all were served. */
function figure({ outcome, what, promises }: Result): string {
  if (outcome === 'broken') return what;
  const missed = promises.find(({ kept }) => !kept);
  if (missed !== undefined) return `${missed.promise}: ${missed.measured}`;
  const late = promises
    .filter(({ measured }) => measured.startsWith('after '))
    .map(({ measured }) => measured.slice(6));
  const [first] = late
    .map((each) => each.split(';')[0] ?? each)
    .sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a));
  return first === undefined ? 'nothing' : `some requests, for ${first}`;
}

function card(result: Result): string {
  const { scenario, title, fault, outcome, what, subject, seconds, promises, timeline } = result;
  const word = { kept: 'kept', missed: 'not kept', broken: 'not carried out' }[outcome];
  return `<section class="card" id="${escaped(scenario)}">
<header><h3>${escaped(title)}</h3><span class="tag ${outcome}">${word}</span></header>
<p>${escaped(sentence(what))}</p>
<p class="quiet small">${escaped([scenario, subject, fault, `${seconds} s`].filter((each) => each !== null).join(' · '))}</p>
${timeline === null ? '' : `<div class="scroll">${timelineSvg(timeline, `${title}: requests in each second`)}</div>`}
${promises.length === 0 ? '' : promiseTable(promises)}
</section>`;
}

function promiseTable(promises: readonly PromiseResult[]): string {
  const rows = promises.map(
    ({ promise, budget, measured, kept }) =>
      `<tr class="${kept ? 'kept' : 'missed'}"><td class="mark">${kept ? '✓' : '✗'}</td><td>${escaped(promise)}</td><td class="number quiet">${escaped(budget)}</td><td class="number">${escaped(measured)}</td></tr>`,
  );
  return `<table>
<tr><th class="mark"></th><th>promise</th><th>budget</th><th>measured</th></tr>
${rows.join('\n')}
</table>`;
}

function phaseTable(phases: Report['phases']): string {
  const rows = phases.map(
    ({ name, seconds }) => `<tr><td>${escaped(name)}</td><td class="number">${seconds} s</td></tr>`,
  );
  return `<table>
${rows.join('\n')}
</table>`;
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

function counted(count: number, word: string): string {
  return count === 1 ? `1 ${word}` : `${count} ${word}s`;
}

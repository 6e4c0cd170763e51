/** Of the page of a report: nothing is loaded from anywhere, light and dark as the reader has it, and it prints. */
export const style = `
:root {
  color-scheme: light dark;
  --page: #ffffff; --card: #f6f8fa; --line: #d8dee4; --text: #1f2328; --quiet: #59636e;
  --served: #4b8fd6; --failed: #d1242f; --kept: #1a7f37; --keptSoft: #dafbe1; --missedSoft: #ffebe9; --healed: #9a6700;
  --one: #8250df; --two: #9a6700; --three: #1b7c83;
}
@media (prefers-color-scheme: dark) {
  :root {
    --page: #0d1117; --card: #151b23; --line: #30363d; --text: #e6edf3; --quiet: #9198a1;
    --served: #478be6; --failed: #f85149; --kept: #3fb950; --keptSoft: #12261e; --missedSoft: #2d1517; --healed: #d29922;
    --one: #8957e5; --two: #9e6a03; --three: #1b7c83;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 2.5rem 1.5rem 4rem; max-width: 66rem; background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif;
}
h1 { margin: 0; font-size: 2rem; line-height: 1.2; }
h2 { margin: 3rem 0 1rem; font-size: 1.35rem; }
h3 { margin: 0; font-size: 1.15rem; }
p { margin: 0.3rem 0; }
a { color: inherit; text-decoration-color: var(--quiet); text-underline-offset: 0.2em; }
.quiet { color: var(--quiet); }
.small { font-size: 0.9rem; }
.verdict { margin: 1.5rem 0; padding: 1.1rem 1.4rem; border-radius: 0.6rem; border: 1px solid; font-size: 1.25rem; font-weight: 600; }
.verdict small { display: block; font-size: 0.95rem; font-weight: 400; }
.verdict.kept { background: var(--keptSoft); border-color: var(--kept); }
.verdict.missed { background: var(--missedSoft); border-color: var(--failed); }
.facts { display: flex; flex-wrap: wrap; gap: 0.4rem 2rem; margin: 0; padding: 0; list-style: none; color: var(--quiet); }
table { width: 100%; border-collapse: collapse; }
th { text-align: left; font-weight: 600; font-size: 0.85rem; color: var(--quiet); }
th, td { padding: 0.45rem 0.75rem 0.45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td.mark, th.mark { width: 1.9rem; padding-right: 0; text-align: center; }
td.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.overview td:nth-child(2) { font-weight: 500; }
.mark { font-weight: 700; }
.kept > .mark { color: var(--kept); }
.missed > .mark, .broken > .mark { color: var(--failed); }
.missed td:last-child, .broken td:last-child { color: var(--failed); font-weight: 600; }
.card { margin: 1.25rem 0; padding: 1.25rem 1.4rem 0.75rem; border: 1px solid var(--line); border-radius: 0.6rem; background: var(--card); break-inside: avoid; }
.card header { display: flex; justify-content: space-between; gap: 1rem; align-items: baseline; }
.tag { padding: 0.05rem 0.55rem; border: 1px solid var(--line); border-radius: 1rem; font-size: 0.85rem; color: var(--quiet); white-space: nowrap; }
.tag.kept { color: var(--kept); border-color: var(--kept); }
.tag.missed, .tag.broken { color: var(--failed); border-color: var(--failed); }
.scroll { overflow-x: auto; margin: 1rem 0 0.75rem; }
svg { display: block; width: 100%; min-width: 44rem; height: auto; font: 12px system-ui, -apple-system, 'Segoe UI', 'Noto Sans', sans-serif; }
svg text { fill: var(--quiet); }
svg .served { fill: var(--served); }
svg .failed { fill: var(--failed); }
svg .grid { stroke: var(--line); }
svg .fault { stroke: var(--failed); } svg text.fault { fill: var(--failed); stroke: none; }
svg .healed { stroke: var(--healed); } svg text.healed { fill: var(--healed); stroke: none; }
svg .whole { stroke: var(--kept); } svg text.whole { fill: var(--kept); stroke: none; }
svg line.fault, svg line.healed, svg line.whole { stroke-width: 1.5; stroke-dasharray: 4 3; }
svg .marker { font-weight: 600; }
svg .host0 { fill: var(--one); } svg .host1 { fill: var(--two); } svg .host2 { fill: var(--three); }
svg .inside { fill: #ffffff; font-weight: 600; }
.legend { display: flex; flex-wrap: wrap; gap: 0.2rem 1.2rem; margin: 0 0 1rem; font-size: 0.85rem; color: var(--quiet); }
.legend i { display: inline-block; width: 0.75rem; height: 0.75rem; margin-right: 0.35rem; border-radius: 2px; vertical-align: -0.05rem; }
details { margin-top: 1rem; }
summary { cursor: pointer; font-weight: 600; }
@media print { body { max-width: none; padding: 0; } .scroll { overflow: visible; } }
`;

import {
  type Code,
  catalogue,
  type Diagnostic,
  isCode,
  type Result,
  report,
  type Severity,
} from '@groundplan/diagnostics';
import { entryOf, parse } from '@groundplan/syntax';
import { nearest } from './nearest.js';
import { checkConfigShape } from './shape/check-config.js';

/** What `groundplan.config.yaml` says. */
export interface Config {
  /** Severities that differ from the catalogue's. */
  readonly rules: ReadonlyMap<Code, Severity | 'off'>;
}

export const emptyConfig: Config = { rules: new Map() };

/** Reads a configuration file; never throws. */
export function readConfig(text: string): Result<Config> {
  const { value: tree, diagnostics } = parse(text);
  const found: Diagnostic[] = diagnostics.filter(({ code }) => code !== 'syntax/empty');
  if (tree.root === undefined) return { value: emptyConfig, diagnostics: found };
  found.push(...checkConfigShape(tree));
  const rules = new Map<Code, Severity | 'off'>();
  const node = entryOf(tree.root, 'rules')?.value;
  for (const { key, keySpan, value } of node?.kind === 'mapping' ? node.entries : []) {
    if (!isCode(key)) {
      const close = nearest(key, Object.keys(catalogue));
      found.push(
        report(
          'config/unknown-rule',
          keySpan,
          { code: key, ...(close ? { nearest: close } : {}) },
          close
            ? {
                label: `did you mean ${close}?`,
                fixes: [{ title: `Change to ${close}`, edits: [{ span: keySpan, newText: close }] }],
              }
            : {},
        ),
      );
    } else if (catalogue[key].severity === 'error') {
      found.push(report('config/error-rule', keySpan, { code: key }));
    } else {
      const severity = severities.find((each) => value.kind === 'scalar' && each === value.value);
      if (severity !== undefined) rules.set(key, severity);
    }
  }
  return { value: { rules }, diagnostics: found };
}

const severities = ['off', 'error', 'warning', 'information', 'hint'] as const;

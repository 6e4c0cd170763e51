import type { Span } from '@groundplan/diagnostics';
import type { Model } from './model.js';

/** A file that the topology names by a path relative to its own folder. */
export interface NamedFile {
  readonly path: string;
  readonly span: Span;
  readonly kind: 'ssh-key' | 'script' | 'file';
}

/** Every file that a topology names, in the order of the text. The model itself never looks at them. */
export function namedFiles(model: Model): NamedFile[] {
  const keys = (model.access?.sshKeys ?? []).map(({ value, span }) => ({
    path: value,
    span,
    kind: 'ssh-key' as const,
  }));
  const ofApps = model.apps.flatMap((app) => {
    const script =
      app.run?.kind === 'script'
        ? [{ path: app.run.path.value, span: app.run.path.origin.span, kind: 'script' as const }]
        : [];
    const files = app.files.flatMap(({ source }) =>
      source?.kind === 'from'
        ? [{ path: source.path.value, span: source.path.origin.span, kind: 'file' as const }]
        : [],
    );
    return [...script, ...files];
  });
  return [...keys, ...ofApps].sort((a, b) => a.span.start - b.span.start);
}

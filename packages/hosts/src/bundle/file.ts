import type { Span } from '@groundplan/diagnostics';
import type { Text } from '../text.js';
import type { BundleFile } from './bundle.js';

type Options = Partial<Pick<BundleFile, 'check' | 'action' | 'mode' | 'owner' | 'group' | 'beforePackages'>>;

/** A file of root's that everybody may read. */
export function file(path: string, span: Span, content: Text, options: Options = {}): BundleFile {
  return {
    path,
    mode: '0644',
    owner: 'root',
    group: 'root',
    check: undefined,
    action: undefined,
    ...options,
    content,
    span,
  };
}

/** A program of ours; shell scripts are checked where they are written, the syntax once more on the host. */
export function script(path: string, span: Span, content: Text, options: Options = {}): BundleFile {
  return file(path, span, content, { mode: '0755', check: checkOf(content, path), ...options });
}

/** A unit of systemd's. */
export function unitFile(name: string, span: Span, content: Text, options: Options = {}): BundleFile {
  const path = `/etc/systemd/system/${name}`;
  return file(path, span, content, { check: ['systemd-analyze', 'verify', '--man=no', path], ...options });
}

/** Additions to a unit that a package brings. */
export function dropIn(unit: string, span: Span, content: Text, options: Options = {}): BundleFile {
  return file(`/etc/systemd/system/${unit}.d/groundplan.conf`, span, content, {
    check: ['systemd-analyze', 'verify', '--man=no', unit],
    ...options,
  });
}

function checkOf(content: Text, path: string): readonly string[] {
  const [first] = content;
  const isPython = typeof first === 'string' && first.startsWith('#!/usr/bin/python3');
  return isPython ? ['python3', '-m', 'py_compile', path] : ['sh', '-n', path];
}

import { type Diagnostic, report } from '@groundplan/diagnostics';
import type { NamedFile } from '@groundplan/model';
import { publicKeyProblem } from './ssh-public-key.js';

/** Bytes of a file that a host is given: what travels to a server by SSH in a few seconds. */
export const mostFileBytes = 16 * 1024 * 1024;

/** What whoever can read files found at the path of one. */
export type FileLook =
  | { readonly kind: 'file'; readonly bytes: Uint8Array }
  | { readonly kind: 'folder' }
  /** A device, a pipe. */
  | { readonly kind: 'special' }
  | { readonly kind: 'missing' }
  /** It has more than {@link mostFileBytes}. */
  | { readonly kind: 'too-large' }
  /** `reason` can follow "cannot be used: ". */
  | { readonly kind: 'unreadable'; readonly reason: string };

/** What is wrong with a file that the topology names, after a look at it. */
export function checkNamedFile({ path, span, kind }: NamedFile, look: FileLook): Diagnostic | undefined {
  const unreadable = (reason: string) => report('file/unreadable', span, { path, reason });
  switch (look.kind) {
    case 'missing':
      return report('file/missing', span, { path });
    case 'folder':
      return unreadable('it is a folder');
    case 'special':
      return unreadable('it is no regular file');
    case 'too-large':
      return unreadable('it is larger than 16 MiB');
    case 'unreadable':
      return unreadable(look.reason);
    case 'file': {
      const text = textOf(look.bytes);
      // Hosts are given texts, in which secrets can be put.
      if (text === undefined && kind !== 'ssh-key')
        return unreadable('it is no text in UTF-8; a program or an archive comes as an artifact');
      const problem = kind === 'ssh-key' ? publicKeyProblem(text ?? '') : undefined;
      return problem === undefined ? undefined : unreadable(problem);
    }
  }
}

/** Undefined for what is no UTF-8. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

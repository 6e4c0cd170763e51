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
      const problem = kind === 'ssh-key' ? publicKeyProblem(new TextDecoder().decode(look.bytes)) : undefined;
      return problem === undefined ? undefined : unreadable(problem);
    }
  }
}

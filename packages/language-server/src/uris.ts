const parts = /^([A-Za-z][A-Za-z0-9+.-]*):(\/\/[^/?#]*)?([^?#]*)/;

interface Parts {
  readonly scheme: string;
  /** With its slashes; empty where there is none. */
  readonly authority: string;
  readonly path: string;
}

function partsOf(uri: string): Parts {
  const [, scheme = '', authority = '', path = ''] = parts.exec(uri) ?? [];
  return { scheme: scheme.toLowerCase(), authority, path };
}

export function schemeOf(uri: string): string {
  return partsOf(uri).scheme;
}

/** The name of a file without its folder, as people write it. */
export function baseName(uri: string): string {
  const { path } = partsOf(uri);
  return decoded(path.slice(path.lastIndexOf('/') + 1));
}

/** The folder that a file or a folder lies in; undefined at the top, and for what lies nowhere (`untitled:Untitled-1`). */
export function folderOf(uri: string): string | undefined {
  const { scheme, authority, path } = partsOf(uri);
  const bare = path.replace(/\/+$/, '');
  const slash = bare.lastIndexOf('/');
  if (scheme === 'untitled' || slash < 0) return undefined;
  return `${scheme}:${authority}${bare.slice(0, slash)}`;
}

/** The address of `path`, which is absolute or relative to the folder, as on the folder's own machine. */
export function resolveIn(folder: string, path: string): string {
  const { scheme, authority, path: base } = partsOf(folder);
  const isWindows = /^\/[A-Za-z](?::|%3A)/i.test(base);
  const written = isWindows ? path.replaceAll('\\', '/') : path;
  const isDrive = isWindows && /^[A-Za-z]:\//.test(written);
  const isAbsolute = written.startsWith('/') || isDrive;
  const segments = isAbsolute ? [] : base.split('/').filter((segment) => segment !== '');
  for (const segment of written.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(encoded(segment));
  }
  return `${scheme}:${authority}/${segments.join('/')}`;
}

/** Whether a file lies in a folder or anywhere below it. */
export function liesIn(uri: string, folder: string): boolean {
  const top = keyOf(folder).replace(/\/+$/, '');
  return keyOf(uri).startsWith(`${top}/`);
}

/** Equal for two addresses of one file that are written differently, as clients and servers do. */
export function keyOf(uri: string): string {
  const { scheme, authority, path } = partsOf(uri);
  const plain = decoded(path).replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
  return `${scheme}:${authority}${plain}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Half a UTF-16 pair, which no file name holds, cannot be encoded. */
function encoded(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\ufffd'));
}

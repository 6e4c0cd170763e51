// A tiny extension for tests: files that are on no disk, under the scheme `memory`. virtual.test.ts bundles and loads it.
import * as vscode from 'vscode';

const topology = `topology: v1
name: shop
region: fsn1
dns: { provider: cloudflare, zone: example.com }
load_balancers:
  edge: { routes: { shop.example.com: app.web } }
apps:
  web: { count: 1, port: 3000, run: { container: "ghcr.io/acme/shop:1.4.2" } }
access: { ssh_keys: [keys/ops.pub, keys/lost.pub], ssh_from: [198.51.100.0/24] }
`;

const files = new Map<string, Uint8Array>(
  Object.entries({
    '/shop/topology.yaml': topology,
    '/shop/groundplan.config.yaml': 'rules: { app/single: error }\n',
    '/shop/keys/ops.pub':
      'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKHX0FehV73fXq0MwEgJmMFGnr8khGnJkJg/s5hafmhI ops@example.com\n',
  }).map(([path, text]) => [path, new TextEncoder().encode(text)]),
);

/** The names in a folder, and whether each is a folder. */
function entriesOf(folder: string): Map<string, vscode.FileType> {
  const inside = folder === '/' ? '/' : `${folder}/`;
  const entries = new Map<string, vscode.FileType>();
  for (const path of files.keys()) {
    if (!path.startsWith(inside)) continue;
    const [name = '', ...more] = path.slice(inside.length).split('/');
    entries.set(name, more.length > 0 ? vscode.FileType.Directory : vscode.FileType.File);
  }
  return entries;
}

const changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();

const provider: vscode.FileSystemProvider = {
  onDidChangeFile: changed.event,
  watch: () => ({ dispose: () => undefined }),
  stat: (uri) => {
    const bytes = files.get(uri.path);
    if (bytes !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    if (entriesOf(uri.path).size === 0) throw vscode.FileSystemError.FileNotFound(uri);
    return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
  },
  readDirectory: (uri) => [...entriesOf(uri.path)],
  readFile: (uri) => {
    const bytes = files.get(uri.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return bytes;
  },
  writeFile: (uri, content) => {
    files.set(uri.path, content);
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  },
  createDirectory: () => undefined,
  delete: (uri) => void files.delete(uri.path),
  rename: (from, to) => {
    const bytes = files.get(from.path);
    if (bytes === undefined) throw vscode.FileSystemError.FileNotFound(from);
    files.set(to.path, bytes);
    files.delete(from.path);
  },
};

export function activate(context: vscode.ExtensionContext): void {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('memory', provider));
}

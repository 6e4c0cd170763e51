import { personalise, topologyFile } from '@groundplan/model';
import { commands, FileType, type QuickPickItem, Uri, window, workspace } from 'vscode';

/** Copies a sample into a folder of the user's choice and opens it; nothing that is there is overwritten. */
export async function newFromSample(extension: Uri, given: unknown): Promise<void> {
  const samples = Uri.joinPath(extension, 'dist', 'cli', 'samples');
  const picked = await window.showQuickPick(sampleItems(samples), {
    title: 'New Topology',
    placeHolder: 'The sample to start from',
    matchOnDetail: true,
  });
  if (picked === undefined) return;
  const folder = given instanceof Uri ? given : await chooseFolder();
  if (folder === undefined) return;
  const files = await filesBelow(Uri.joinPath(samples, picked.label), '');
  const present = await firstPresent(folder, files);
  if (present !== undefined)
    return void window.showErrorMessage(`${present} is already there: nothing was written. Choose another folder.`);
  const name = folder.path.split('/').filter(Boolean).at(-1) ?? '';
  for (const file of files) {
    const bytes = await workspace.fs.readFile(Uri.joinPath(samples, picked.label, file));
    const content =
      file === topologyFile ? new TextEncoder().encode(personalise(new TextDecoder().decode(bytes), name)) : bytes;
    await workspace.fs.writeFile(Uri.joinPath(folder, file), content);
  }
  await window.showTextDocument(Uri.joinPath(folder, topologyFile));
  const preview = 'Open Preview';
  const choice = await window.showInformationMessage(
    'Put your SSH public key into keys/ops.pub, then change zone, hosts and addresses.',
    preview,
  );
  if (choice === preview)
    await commands.executeCommand('groundplan.openPreviewToSide', Uri.joinPath(folder, topologyFile));
}

/** Each sample with the comment that its text begins with; the smallest first. */
async function sampleItems(samples: Uri): Promise<QuickPickItem[]> {
  const entries = await workspace.fs.readDirectory(samples);
  const names = entries.filter(([, type]) => type === FileType.Directory).map(([name]) => name);
  const index = new TextDecoder().decode(await workspace.fs.readFile(Uri.joinPath(samples, 'README.md')));
  const order = (name: string) => index.indexOf(`[${name}]`);
  return names
    .sort((a, b) => order(a) - order(b))
    .map((label) => ({ label, detail: new RegExp(`\\[${label}\\]\\([^)]*\\): (.*)`).exec(index)?.[1] ?? '' }));
}

async function chooseFolder(): Promise<Uri | undefined> {
  const folders = workspace.workspaceFolders ?? [];
  const [only] = folders;
  if (folders.length === 1 && only !== undefined && !(await isThere(Uri.joinPath(only.uri, topologyFile))))
    return only.uri;
  const chosen = await window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Make It Here',
    title: 'A Folder for the New Topology',
    ...(only === undefined ? {} : { defaultUri: only.uri }),
  });
  return chosen?.[0];
}

async function filesBelow(folder: Uri, path: string): Promise<string[]> {
  const entries = await workspace.fs.readDirectory(Uri.joinPath(folder, path));
  const found = await Promise.all(
    entries.map(([name, type]) => {
      const inner = path === '' ? name : `${path}/${name}`;
      return type === FileType.Directory ? filesBelow(folder, inner) : [inner];
    }),
  );
  return found.flat().sort();
}

async function firstPresent(folder: Uri, files: readonly string[]): Promise<string | undefined> {
  for (const file of files) if (await isThere(Uri.joinPath(folder, file))) return file;
  return undefined;
}

async function isThere(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}

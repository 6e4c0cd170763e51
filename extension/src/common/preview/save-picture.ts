import { commands, Uri, window, workspace } from 'vscode';

/** Asks where to, and writes a picture there. */
export async function savePicture(topology: Uri, format: 'svg' | 'png', bytes: Uint8Array): Promise<void> {
  const name = (topology.path.split('/').at(-1) ?? '').replace(/\.ya?ml$/, '');
  const target = await window.showSaveDialog({
    defaultUri: Uri.joinPath(topology, '..', `${name}.${format}`),
    filters: { [format.toUpperCase()]: [format] },
    title: 'Export Picture',
  });
  if (target === undefined) return;
  await workspace.fs.writeFile(target, bytes);
  const open = 'Open';
  const choice = await window.showInformationMessage(`Wrote ${workspace.asRelativePath(target)}.`, open);
  if (choice === open) {
    await commands.executeCommand('vscode.open', target);
  }
}

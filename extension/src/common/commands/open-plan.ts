import { Uri, window, workspace } from 'vscode';
import type { Plan } from '../platform.js';

/** Asks for the output of `terraform show -json`, and takes the trace.json of the folder it was built in. */
export async function choosePlan(topology: Uri): Promise<Plan | undefined> {
  const chosen = await window.showOpenDialog({
    title: 'A Plan, as "terraform show -json" Writes It',
    openLabel: 'Show',
    filters: { JSON: ['json'] },
    defaultUri: Uri.joinPath(topology, '..', 'build'),
  });
  const file = chosen?.[0];
  if (file === undefined) return undefined;
  const places = [Uri.joinPath(file, '..', 'trace.json'), Uri.joinPath(topology, '..', 'build', 'trace.json')];
  for (const place of places) {
    const trace = await textOf(place);
    const plan = await textOf(file);
    if (trace !== undefined && plan !== undefined) return { source: workspace.asRelativePath(file), plan, trace };
  }
  void window.showErrorMessage('There is no trace.json beside the plan, nor in build/: build the topology first.');
  return undefined;
}

async function textOf(uri: Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return undefined;
  }
}

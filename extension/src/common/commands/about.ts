import { Uri, window } from 'vscode';
import type { Previews } from '../preview/previews.js';

/** Makes a command of work on one topology: the one it is called with, or that is previewed or edited. */
export type About = (work: (topology: Uri) => unknown) => (given: unknown) => unknown;

export function aboutTopology(previews: Previews): About {
  return (work) => (given) => {
    const topology = previews.topology(typeof given === 'string' ? Uri.parse(given) : given);
    if (topology !== undefined) return work(topology);
    return window.showInformationMessage('Open a topology first: a file called topology.yaml or NAME.topology.yaml.');
  };
}

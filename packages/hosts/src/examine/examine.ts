import { type Diagnostic, normalise } from '@groundplan/diagnostics';
import { type Analysis, type Config, namedFiles, suppress } from '@groundplan/model';
import { checkUserData } from '../user-data.js';
import { checkNamedFile, type FileLook } from './named-file.js';

/**
 * Everything that is wrong with a topology before Terraform sees it: what its analysis found, and what is wrong with the files
 * that it names and with what its hosts are given. The command line and the editor both show exactly this.
 *
 * @param looks what was found at each path of `namedFiles(analysis.model)`; a path that is not in it was not looked at
 */
export function examine(analysis: Analysis, looks: ReadonlyMap<string, FileLook>, config: Config): Diagnostic[] {
  const ofFiles = namedFiles(analysis.model).flatMap((file) => {
    const look = looks.get(file.path);
    return look === undefined ? [] : (checkNamedFile(file, look) ?? []);
  });
  const isComplete = !analysis.diagnostics.some(({ severity }) => severity === 'error');
  const ofHosts = isComplete ? checkUserData(analysis.model) : [];
  return normalise([...analysis.diagnostics, ...suppress(analysis.tree, [...ofFiles, ...ofHosts], config)]);
}

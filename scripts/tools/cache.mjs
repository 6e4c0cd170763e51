import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The folder that built tools are kept in, outside the repository so that every checkout shares it:
 * `$GROUNDPLAN_CACHE`, else `$XDG_CACHE_HOME/groundplan`, else `~/.cache/groundplan`; in it `tools/`.
 *
 * @returns {string} an absolute path; it need not exist
 */
export function cacheFolder() {
  const { GROUNDPLAN_CACHE: own, XDG_CACHE_HOME: xdg } = process.env;
  const base = own ? own : xdg ? join(xdg, 'groundplan') : join(homedir(), '.cache', 'groundplan');
  return resolve(base, 'tools');
}

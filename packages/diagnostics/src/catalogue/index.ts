import { access } from './access.js';
import { alert } from './alert.js';
import { app } from './app.js';
import { arbiter } from './arbiter.js';
import { backup } from './backup.js';
import { bucket } from './bucket.js';
import { config } from './config.js';
import { database } from './database.js';
import { dns } from './dns.js';
import { file } from './file.js';
import { host } from './host.js';
import { lb } from './lb.js';
import { name } from './name.js';
import { placement } from './placement.js';
import { plan } from './plan.js';
import { reference } from './reference.js';
import { region } from './region.js';
import { schema } from './schema.js';
import { secret } from './secret.js';
import { storage } from './storage.js';
import { suppression } from './suppression.js';
import { syntax } from './syntax.js';
import { tunnel } from './tunnel.js';
import { volume } from './volume.js';

/** Every diagnostic that Groundplan can make, by its code `area/what-is-wrong`. */
export const catalogue = {
  ...access,
  ...alert,
  ...app,
  ...arbiter,
  ...backup,
  ...bucket,
  ...config,
  ...database,
  ...dns,
  ...file,
  ...host,
  ...lb,
  ...name,
  ...placement,
  ...plan,
  ...reference,
  ...region,
  ...schema,
  ...secret,
  ...storage,
  ...suppression,
  ...syntax,
  ...tunnel,
  ...volume,
};

export type Code = keyof typeof catalogue;

export function isCode(text: string): text is Code {
  return Object.hasOwn(catalogue, text);
}

/** The page of a diagnostic. */
export function documentationUrl(code: Code): string {
  return `https://github.com/groundplan/groundplan/blob/main/docs/diagnostics/${code}.md`;
}

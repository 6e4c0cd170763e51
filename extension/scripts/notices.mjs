import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of every package of which code is in the bundles.
 *
 * @param {string} root the folder of the repository, which the paths of the metafiles are relative to
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {Promise<string>} sorted by name
 * @throws when a package comes without a licence: it must not be shipped
 */
export async function thirdPartyNotices(root, metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs: used }) =>
      Object.entries(used).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const folders = new Set(inputs.map(packageFolder).filter((folder) => folder !== undefined));
  const notices = await Promise.all([...folders].map((folder) => noticeOf(root, folder)));
  const unique = [...new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice])).values()];
  const sorted = unique.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const line = '-'.repeat(80);
  return [
    'The Groundplan extension contains code of these packages, each under its own licence.\n',
    ...sorted.map(({ name, version, license, text }) => `${line}\n${name} ${version} (${license})\n\n${text.trim()}\n`),
  ].join('\n');
}

/** `node_modules/a`, `node_modules/@a/b`, of the innermost package; undefined for our own sources. */
function packageFolder(path) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

async function noticeOf(root, folder) {
  const { name, version, license } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const holder = licenceTexts[name] ?? folder;
  const files = await readdir(join(root, holder));
  const file = files.find((each) => /^(?:licen[cs]e|copying)(?:\.|-|$)/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  return { name, version, license, text: await readFile(join(root, holder, file), 'utf8') };
}

/** The text of the MPL 2.0 comes with this package of cdktn's project. */
const mpl = 'node_modules/@cdktn/commons';
/** Packages that say their licence and leave out its text, with a package that has it. */
const licenceTexts = { cdktn: mpl, '@resvg/resvg-wasm': mpl };

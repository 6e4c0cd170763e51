import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of every package of which something is shipped, with where its sources are.
 *
 * @param {string} root the folder of the repository, which the paths of the metafiles are relative to
 * @param {string} what what ships them, as the beginning of a sentence
 * @param {import('esbuild').Metafile[]} metafiles of the bundles
 * @param {readonly string[]} [copied] names of packages of which files are shipped beside the bundles
 * @returns {Promise<string>} sorted by name
 * @throws when a package comes without a licence: it must not be shipped
 */
export async function thirdPartyNotices(root, what, metafiles, copied = []) {
  const inputs = metafiles.flatMap(({ outputs }) =>
    Object.values(outputs).flatMap(({ inputs: used }) =>
      Object.entries(used).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
    ),
  );
  const bundled = inputs.map(packageFolder).filter((folder) => folder !== undefined);
  const folders = new Set([...bundled, ...copied.map((name) => `node_modules/${name}`)]);
  const notices = await Promise.all([...folders].map((folder) => noticeOf(root, folder)));
  const unique = [...new Map(notices.map((notice) => [`${notice.name} ${notice.version}`, notice])).values()];
  const sorted = unique.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  const line = '-'.repeat(80);
  return [
    `${what} contains parts of these packages, each under its own licence.\n`,
    ...sorted.map(({ name, version, license, source, text }) =>
      [`${line}\n${name} ${version} (${license})`, ...source, `\n${text.trim()}\n`].join('\n'),
    ),
  ].join('\n');
}

/** `node_modules/a`, `node_modules/@a/b`, of the innermost package; undefined for our own sources. */
function packageFolder(path) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
}

async function noticeOf(root, folder) {
  const manifest = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const { name, version, license, repository } = manifest;
  const holder = licenceTexts[name] ?? folder;
  const files = await readdir(join(root, holder));
  const file = files.find((each) => /^(?:licen[cs]e|copying)(?:\.|-|$)/i.test(each));
  if (file === undefined) throw new Error(`${folder} has no licence file`);
  const text = await readFile(join(root, holder, file), 'utf8');
  const isOfOthers = holder !== folder && name !== 'cdktn';
  const ofLicence = isOfOthers ? text.replace(/^Copyright .*\s+/, '') : text;
  return { name, version, license, source: sourceOf(repository), text: ofLicence };
}

/** Where the sources are: the Mozilla Public License asks for that. */
function sourceOf(repository) {
  const written = typeof repository === 'string' ? repository : repository?.url;
  const path = /(?:github\.com[/:]|^(?:github:)?)([\w.-]+\/[\w.-]+?)(?:\.git)?(?:#.*)?$/.exec(written ?? '')?.[1];
  return path === undefined ? [] : [`Sources: https://github.com/${path}`];
}

/** The text of the MPL 2.0 comes with this package of cdktn's project, below a line that is about that project alone. */
const mpl = 'node_modules/@cdktn/commons';
/** Packages that say their licence and leave out its text, with a package that has it. */
const licenceTexts = { cdktn: mpl, '@resvg/resvg-wasm': mpl };

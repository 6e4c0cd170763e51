import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { publicKeyProblem } from '@groundplan/hosts';
import { nearest, personalise, topologyFile } from '@groundplan/model';
import { options } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import { Failure, failureOf } from '../failure.js';
import { sampleFiles, sampleNames } from '../samples/samples.js';
import { shownName } from '../topology/paths.js';
import { readBytes } from '../topology/read-file.js';

const keyFile = 'keys/ops.pub';
const ignoreFile = '.gitignore';

/** What Terraform and Groundplan leave in a project that belongs into no repository. */
const gitignore = `# Terraform
.terraform/
*.tfstate
*.tfstate.*
*.tfplan
# Groundplan writes this anew from topology.yaml; which versions of the providers were chosen is worth keeping
build/*
!build/.terraform.lock.hcl
`;

export const init = command({
  about: [
    'Makes a new topology from a sample, in DIR or in the current folder. Nothing that is there is overwritten. The topology is named after the folder where that makes a name.',
    'Your SSH public key is copied into keys/ops.pub: the one that --ssh-key names, else the first of ~/.ssh/id_ed25519.pub, id_ecdsa.pub and id_rsa.pub.',
  ],
  words: { placeholder: 'DIR', atLeast: 0, atMost: 1, completes: 'folder' },
  options: options({
    sample: {
      kind: 'text',
      placeholder: 'NAME',
      summary: 'the sample to start from: smallest unless you name another',
    },
    'ssh-key': { kind: 'text', placeholder: 'FILE', completes: 'file', summary: 'your SSH public key' },
  }),
  examples: [
    { command: 'groundplan init shop', does: 'the smallest topology, in a new folder' },
    { command: 'groundplan init shop --sample multi-region-galera', does: 'two regions and an arbiter' },
  ],
  run: async ({ values, words }, context) => {
    const written = words[0] ?? '.';
    const folder = resolve(context.folder, written);
    const files = await filesOf(values.sample ?? 'smallest', folder);
    const key = await publicKey(values['ssh-key'], context);
    if (key !== undefined) files.set(keyFile, key);
    const keepsIgnoreFile = await isThere(join(folder, ignoreFile));
    if (keepsIgnoreFile) files.delete(ignoreFile);
    const shown = (path: string) => shownName(join(written, path), context.folder);
    const targets = [...files.keys()];
    await refuseExisting(folder, written, targets);
    for (const [path, text] of files) await create(join(folder, path), shown(path), text);
    context.note(`made ${targets.map(shown).join(', ')}`);
    if (keepsIgnoreFile)
      context.note(
        `${shown(ignoreFile)} stays as it is: see that it leaves out build/, which may hold Terraform's state`,
      );
    if (key === undefined) context.note(`put your SSH public key into ${shown(keyFile)}`);
    const into = written === '.' ? '' : ` ${written}`;
    context.note(`next: change zone, hosts and addresses in ${topologyFile}, then "groundplan check${into}"`);
    return 0;
  },
});

async function filesOf(sample: string, folder: string): Promise<Map<string, string>> {
  const names = await sampleNames();
  if (!names.includes(sample)) {
    const near = nearest(sample, names);
    throw new Failure(
      `there is no sample "${sample}": ${near === undefined ? `take one of ${names.join(', ')}` : `did you mean ${near}?`}`,
    );
  }
  const files = await sampleFiles(sample);
  const text = files.get(topologyFile) ?? '';
  return new Map([...files, [topologyFile, personalise(text, basename(folder))], [ignoreFile, gitignore]]);
}

/** The user's public key; undefined when none is named and none is to be found. */
async function publicKey(named: string | undefined, context: Context): Promise<string | undefined> {
  if (named !== undefined) {
    const text = await keyText(resolve(context.folder, named), named);
    const problem = publicKeyProblem(text);
    if (problem !== undefined) throw new Failure(`${named}: ${problem}`);
    return text;
  }
  const home = context.variables.HOME ?? homedir();
  for (const name of ['id_ed25519.pub', 'id_ecdsa.pub', 'id_rsa.pub']) {
    const path = join(home, '.ssh', name);
    if (!(await isThere(path))) continue;
    const text = await keyText(path, path);
    if (publicKeyProblem(text) === undefined) return text;
  }
  return undefined;
}

const mostKeyBytes = 64 * 1024;

async function keyText(path: string, shown: string): Promise<string> {
  return new TextDecoder().decode(await readBytes(path, shown, mostKeyBytes));
}

async function refuseExisting(folder: string, written: string, paths: readonly string[]): Promise<void> {
  const there = await Promise.all(paths.map(async (path) => ((await isThere(join(folder, path))) ? path : undefined)));
  const [first] = there.filter((path) => path !== undefined);
  if (first !== undefined) throw new Failure(`${join(written, first)} is already there: nothing was written`);
  await readdir(folder).catch((error) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw failureOf(written, error);
  });
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

async function create(path: string, shown: string, text: string): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: 'wx', mode: text.startsWith('#!') ? 0o755 : 0o644 });
  } catch (error) {
    throw failureOf(shown, error);
  }
}

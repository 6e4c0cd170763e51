import { identityOptions, options, topologyOptions } from '../arguments/options.js';
import { type Context, command } from '../command.js';
import type { ExitCode } from '../environment.js';
import { Failure } from '../failure.js';
import { type KeysWords, keysActions, readKeysWords } from '../keys/words.js';
import { type Subject, subjectOf } from '../secrets/subject.js';

export const keys = command({
  about: [
    'Keeps the secrets of a topology in a file that is encrypted with age (secrets.age beside it), for the recipients that the topology names. Makes those that can be made and are missing, leaves those that are there, and says which you have to give. Beside that file it writes a lock file in clear: versions, public keys and fingerprints, no value. Commit both.',
    'set NAME takes a value: at a terminal it asks, and what you type does not show; else it reads standard input. list shows names, versions and where each is used. rename OLD NEW keeps a value under the name that the topology has for it now. rotate NAME… makes new versions. remove NAME… removes what nothing needs any more. recipients encrypts the file anew for the recipients that the topology names now. identity shows the public half of your own identity, which it makes when there is none.',
    'Your identity is the file that --identity or GROUNDPLAN_AGE_IDENTITY names (which may also hold it), else ~/.config/groundplan/identity. A FILE after these words is the topology; it has a dot or a slash in it.',
  ],
  words: { placeholder: `FILE|${keysActions.join('|')}`, atLeast: 0, atMost: 'any', completes: keysActions },
  options: options({
    ...identityOptions,
    check: {
      kind: 'flag',
      summary: 'write nothing; list what is missing, and fail when anything is. Needs no identity',
    },
    config: topologyOptions.config,
  }),
  examples: [
    { command: 'groundplan keys identity', does: 'once: who you are, for secrets.recipients' },
    { command: 'groundplan keys', does: 'makes what topology.yaml needs, and says what you have to give' },
    { command: 'groundplan keys set hcloud_token', does: 'asks for the token' },
    { command: 'groundplan keys set TLS_KEY < shop.key', does: 'takes several lines' },
    { command: 'groundplan keys rename TLS_KEY SHOP_KEY', does: 'after the topology calls it secret.SHOP_KEY' },
    { command: 'groundplan keys rotate database_main_app_password', does: 'a new password' },
    { command: 'groundplan keys --check', does: 'for continuous integration: is anything missing?' },
  ],
  run: async ({ values, words }, context) => {
    const read = await readKeysWords(words, context.folder);
    if (values.check && read.action !== 'make') throw new Failure(`keys ${read.action} takes no --check`);
    if (read.action === 'identity') {
      const { makeIdentity } = await import('../keys/make-identity.js');
      await makeIdentity(values.identity, context);
      return 0;
    }
    if (read.action === 'set' && read.file === '-')
      throw new Failure('the topology and the value cannot both be standard input');
    const subject = await subjectOf(read.file, values.config, context);
    if (subject === undefined) return 1;
    return values.check
      ? (await import('../keys/check-keys.js')).checkKeys(subject, context)
      : act(read, subject, values.identity, context);
  },
});

async function act(
  { action, names }: KeysWords,
  subject: Subject,
  identity: string | undefined,
  context: Context,
): Promise<ExitCode> {
  switch (action) {
    case 'make':
      await (await import('../keys/make-missing.js')).makeMissing(subject, identity, context);
      return 0;
    case 'list':
      await (await import('../keys/list-keys.js')).listKeys(subject, context);
      return 0;
    case 'set':
      await (await import('../keys/set-key.js')).setKey(subject, names[0] ?? '', identity, context);
      return 0;
    case 'rename':
      await (await import('../keys/rename-key.js')).renameKey(
        subject,
        names[0] ?? '',
        names[1] ?? '',
        identity,
        context,
      );
      return 0;
    case 'rotate':
      await (await import('../keys/rotate-keys.js')).rotateKeys(subject, names, identity, context);
      return 0;
    case 'remove':
      await (await import('../keys/remove-keys.js')).removeKeys(subject, names, identity, context);
      return 0;
    case 'recipients':
      await (await import('../keys/encrypt-anew.js')).encryptAnew(subject, identity, context);
      return 0;
    case 'identity':
      return 0;
  }
}

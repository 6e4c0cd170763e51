import type { App, Run } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { shellWord } from '../shell.js';
import { commandWord } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { variableNames } from './environment.js';
import { programName, pullProgram } from './paths.js';
import type { Program } from './program.js';
import type { Here } from './values.js';

type Container = Extract<Run, { kind: 'container' }>;

const passwordPath = '/etc/groundplan/registry-password';

/** A container on the host's network, run by podman as systemd's own child: its log is the unit's, its end the unit's end. */
export function container(here: Here, run: Container): Program {
  const { app } = here;
  const image = fullName(run.image.value);
  const name = programName(app);
  const settings = [
    '--network host',
    '--cgroups split',
    '--security-opt no-new-privileges',
    ...variableNames(here).map((variable) => `--env ${variable}`),
    ...app.mounts.map(({ path }) => commandWord(`--mount=type=bind,source=${path},destination=${path}`)),
    ...app.files.map(({ path }) => commandWord(`--mount=type=bind,source=${path},destination=${path},readonly`)),
  ];
  const podmanRun = (own: readonly string[], command: readonly string[]) =>
    ['ExecStart=/usr/bin/podman run', ...own, '--pull never', ...settings, image, ...command].join(' \\\n  ');
  const pull = `ExecStartPre=${pullProgram}\n`;
  return {
    description: image,
    parts: [pullPart(app, run, image)],
    run: text`
Type=notify
NotifyAccess=all
Delegate=yes
KillMode=mixed
${pull}
${podmanRun([`--name ${name}`, '--replace', '--rm', '--detach', '--sdnotify conmon', '--log-driver passthrough'], [])}
`,
    stop: (seconds) => `ExecStop=/usr/bin/podman stop --ignore --time ${seconds} ${name}\n`,
    afterStop: `ExecStopPost=-/usr/bin/podman rm --force --ignore ${name}\n`,
    // Images that no container uses and that are older than a week.
    tidy: 'ExecStartPost=-/usr/bin/podman image prune --all --force --filter until=168h\n',
    once: (own, command) => text`
Type=oneshot
Delegate=yes
${pull}
${podmanRun(
  [`--name ${own}`, '--replace', '--rm', '--sdnotify ignore', '--log-driver passthrough'],
  command === undefined ? [] : ['/bin/sh', '-c', commandWord(command)],
)}
`,
  };
}

/**
 * Fetched only when the host does not have it: a restart must not hang on the registry. Another version has another name; an image
 * that changed under the same name is not noticed.
 */
function pullPart(app: App, { image: written, registry }: Container, image: string): BundlePart {
  const { span } = written.origin;
  const host = image.slice(0, image.indexOf('/'));
  const login =
    registry?.password === undefined
      ? ''
      : `podman login --authfile "$login" --username ${shellWord(registry.user.value)} --password-stdin ${shellWord(host)} <${passwordPath} >/dev/null
`;
  const files = [script(pullProgram, span, pull(app, image, login))];
  if (registry?.password !== undefined) {
    files.push(file(passwordPath, registry.password.span, [{ secret: registry.password.name }], { mode: '0600' }));
  }
  return { packages: ['podman'], files };
}

function pull(app: App, image: string, login: string): Text {
  return text`
#!/bin/sh
# Fetches the image of app.${app.name} unless it is here.
set -eu

image=${shellWord(image)}
if podman image exists "$image"; then
  exit 0
fi
login=$(mktemp -d)/login
trap 'rm -rf "$(dirname "$login")"' EXIT
printf '{}\n' >"$login"
${login}
podman pull --quiet --authfile "$login" "$image"
`;
}

/** With the registry in front: short names mean Docker's, as they do everywhere else. */
function fullName(image: string): string {
  const [first = '', ...rest] = image.split('/');
  if (rest.length === 0) return `docker.io/library/${image}`;
  return /[.:]/.test(first) || first === 'localhost' ? image : `docker.io/${image}`;
}

import { type App, blockOf, type Run } from '@groundplan/model';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { file, script } from '../bundle/file.js';
import { shellWord } from '../shell.js';
import { commandWord, pathSetting } from '../systemd.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { fetchProgram, programName, programUnit } from './paths.js';
import type { Program } from './program.js';
import type { Here } from './values.js';

/** Below this only root may listen, or who is allowed to. */
const firstFreePort = 1024;

/** Of the programs' users, so that files in a shared storage belong to the same one on every host. */
const firstUser = 50_000;

/** The prefix of the largest range, so that a number is the same in every region. */
const largestRange = 16;

/** An archive or an executable that every host downloads. */
export function artifact(here: Here, run: Extract<Run, { kind: 'artifact' }>): Program {
  const { app } = here;
  const folder = `/opt/groundplan/${programName(app)}/${run.sha256.value.toLowerCase()}`;
  return onHost(
    here,
    run.url.value,
    folder,
    {
      packages: ['curl', 'unzip', 'xz-utils', 'zstd'],
      files: [script(fetchProgram, run.url.origin.span, fetch(app, run, folder))],
    },
    `ExecStartPre=+${fetchProgram}\n`,
    run.command.value,
  );
}

/** A file of the user's that is the program. */
export function ownScript(here: Here, run: Extract<Run, { kind: 'script' }>): Program {
  const folder = `/opt/groundplan/${programName(here.app)}`;
  const path = `${folder}/program`;
  const { span } = run.path.origin;
  const program: BundleFile = file(path, span, [{ file: run.path.value }], {
    mode: '0755',
    action: { kind: 'release', unit: programUnit(here.app) },
  });
  return onHost(here, run.path.value, folder, { files: [program] }, '', path);
}

function onHost(
  here: Here,
  description: string,
  folder: string,
  part: BundlePart,
  before: string,
  command: string,
): Program {
  const { app } = here;
  const name = programName(app);
  const shell = (line: string) => `ExecStart=/bin/sh -c ${commandWord(line)}\n`;
  const common = text`
User=${name}
Group=${name}
WorkingDirectory=-${pathSetting(folder)}
StateDirectory=${name}
Environment=HOME=/var/lib/${name}
${hardening(app)}
${before}
`;
  return {
    description,
    parts: [part, user(app)],
    run: text`
Type=exec
KillMode=mixed
${common}
${shell(command)}
`,
    stop: () => '',
    afterStop: '',
    tidy: '',
    once: (_, line) => text`
Type=oneshot
${common}
${shell(line ?? command)}
`,
  };
}

function hardening({ port, mounts }: App): Text {
  const isLow = port !== undefined && port.value < firstFreePort;
  const writable = mounts.map(({ path }) => `ReadWritePaths=-${pathSetting(path)}\n`);
  return text`
NoNewPrivileges=yes
${isLow ? 'AmbientCapabilities=CAP_NET_BIND_SERVICE\nCapabilityBoundingSet=CAP_NET_BIND_SERVICE' : 'CapabilityBoundingSet='}
ProtectSystem=strict
${writable}
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
ProtectKernelTunables=yes
ProtectKernelModules=yes
ProtectControlGroups=yes
RestrictSUIDSGID=yes
LockPersonality=yes
`;
}

/** A user for the program, with the same number on every host. */
function user(app: App): BundlePart {
  const path = '/etc/sysusers.d/groundplan.conf';
  const name = programName(app);
  const number = firstUser + blockOf('app', largestRange, app.firstName, app.slot?.value);
  return {
    files: [
      file(
        path,
        app.keySpan,
        text`
# Whom the program of app.${app.name} runs as. The number is the same on every host, for files in a shared storage.
u ${name} ${number} "app.${app.name}" /var/lib/${name}
`,
        {
          check: ['systemd-sysusers', '--dry-run', path],
          action: { kind: 'run', command: ['systemd-sysusers', path] },
        },
      ),
    ],
  };
}

function fetch(app: App, { url, sha256 }: Extract<Run, { kind: 'artifact' }>, folder: string): Text {
  const name = url.value.replace(/[?#].*$/, '').replace(/^.*\//, '') || 'program';
  return text`
#!/bin/sh
# Downloads the artifact of app.${app.name} unless it is here, refuses what has another checksum, and unpacks it. Run as root before
# the program starts; the program's own user can only read it.
set -eu

url=${shellWord(url.value)}
sha256=${sha256.value.toLowerCase()}
folder=${shellWord(folder)}
name=${shellWord(name)}

if [ -d "$folder" ]; then
  exit 0
fi
work=$folder.new
rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work" "$work.download"' EXIT
curl -fsSL --retry 3 --retry-connrefused -m 600 -o "$work.download" "$url"
echo "$sha256  $work.download" | sha256sum --check --status || {
  echo "what $url serves has the checksum $(sha256sum "$work.download" | cut -d' ' -f1), not $sha256: refused" >&2
  exit 1
}
case "$name" in
  *.zip) unzip -q "$work.download" -d "$work" ;;
  *.tar | *.tar.* | *.tgz | *.txz | *.tzst) tar -xaf "$work.download" --no-same-owner -C "$work" ;;
  *) install -m 0755 "$work.download" "$work/$name" ;;
esac
chmod -R go+rX,go-w "$work"
mv "$work" "$folder"

# The version before this one stays, for the way back; older ones go.
find "$(dirname "$folder")" -mindepth 1 -maxdepth 1 -type d ! -path "$folder" -printf '%T@ %p\n' | sort -rn | tail -n +2 | cut -d' ' -f2- |
  while read -r old; do rm -rf "$old"; done
`;
}

import type { Span } from '@groundplan/diagnostics';
import type { Host, MailRelay, Model, Template, TemplatePart } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { appsCheck } from './apps-check.js';
import { certificateCheck } from './certificate.js';
import { galeraChecks } from './galera-checks.js';
import { library } from './library.js';
import {
  alertProgram,
  type Channel,
  libraryPath,
  mailChannel,
  sender,
  sendProgram,
  statePath,
  watchProgram,
  watchUnit,
  webhookChannel,
} from './paths.js';
import { alert } from './programs.js';
import { send } from './send-program.js';
import { failureService, sendPath, sendService, watchService, watchTimer } from './units.js';
import { watch } from './watch.js';

export { toldOnFailure, watchCheck } from './check.js';
export { runbook } from './runbook.js';

/** A channel of a topology, with what its file of settings holds. */
interface Use {
  readonly channel: Channel;
  readonly span: Span;
  readonly settings: Text;
}

/** How a host looks at itself and tells an operator. Without a webhook and an address for mails the journal is told alone. */
export function alerting(model: Model, host: Host): BundlePart[] {
  const uses = usesOf(model, host);
  return [
    told(model, host, uses),
    watched(model, host),
    appsCheck(model, host),
    certificateCheck(host),
    galeraChecks(model, host),
    ...(uses.length === 0 ? [] : [sent(model, uses)]),
  ];
}

/**
 * A webhook is what hosts can reach by themselves: Hetzner lets no mail out of a server by the ports 25 and 465 until somebody asks for
 * it (docs.hetzner.com, "Cloud servers, FAQ"), so that mails go to a relay.
 */
function usesOf({ alerts }: Model, host: Host): Use[] {
  const { webhook, email, smtp } = alerts ?? {};
  return [
    ...(webhook === undefined
      ? []
      : [{ channel: webhookChannel, span: webhook.span, settings: [...resolved(webhook, host), '\n'] }]),
    ...(email === undefined || smtp?.from === undefined
      ? []
      : [{ channel: mailChannel, span: smtp.keySpan, settings: mailSettings(email, smtp, smtp.from, host) }]),
  ];
}

/** A word and its value on each line. */
function mailSettings(
  to: Template,
  { host: name, port, tls, user, password }: MailRelay,
  from: Template,
  host: Host,
): Text {
  const login: Text =
    user === undefined || password === undefined
      ? []
      : text`user ${resolved(user, host)}
password ${[{ secret: password.name }]}
`;
  return text`
host ${name.value}
port ${String(port.value)}
tls ${tls.value}
to ${resolved(to, host)}
from ${resolved(from, host)}
${login}
`;
}

function told(model: Model, host: Host, uses: readonly Use[]): BundlePart {
  const span = spanOf(model);
  const folders = '/etc/tmpfiles.d/groundplan-alerts.conf';
  const channels = uses.map(({ channel }) => channel);
  // Whoever tells writes as a member of root's group, whoever sends takes away.
  const queues = channels.map(({ queue }) => `d ${queue} 0775 ${sender} root\n`);
  return {
    packages: ['python3'],
    files: [
      file(libraryPath, span, library(host, channels), { check: ['python3', '-m', 'py_compile', libraryPath] }),
      script(alertProgram, span, alert),
      file(folders, span, [`d ${statePath} 0755 root root\n`, ...queues], {
        action: { kind: 'run', command: ['systemd-tmpfiles', '--create', folders] },
      }),
      unitFile('groundplan-alert@.service', span, failureService),
    ],
  };
}

function watched(model: Model, host: Host): BundlePart {
  const span = spanOf(model);
  const timer = `${watchUnit}.timer`;
  return {
    files: [
      script(watchProgram, span, watch(host)),
      unitFile(`${watchUnit}.service`, span, watchService),
      unitFile(timer, span, watchTimer, { action: { kind: 'restart', unit: timer } }),
    ],
    units: [{ name: timer, state: 'running' }],
  };
}

function sent(model: Model, uses: readonly Use[]): BundlePart {
  const span = spanOf(model);
  const users = '/etc/sysusers.d/groundplan-alert.conf';
  return {
    files: [
      script(sendProgram, span, send),
      file(users, span, [`u ${sender} - "Sends alerts of this host"\n`], {
        action: { kind: 'run', command: ['systemd-sysusers', users] },
      }),
      ...uses.flatMap(({ channel, span: place, settings }) => {
        const path = `${channel.unit}.path`;
        return [
          file(channel.settings, place, settings, { mode: '0600' }),
          unitFile(`${channel.unit}.service`, place, sendService(channel)),
          unitFile(path, place, sendPath(channel), { action: { kind: 'restart', unit: path } }),
        ];
      }),
    ],
    units: uses.map(({ channel }) => ({ name: `${channel.unit}.path`, state: 'running' })),
  };
}

/** Alerts name secrets, and where the host is that tells something. */
function resolved({ parts }: Template, host: Host): Text {
  return parts.flatMap((part) => partOf(part, host));
}

function partOf(part: TemplatePart, { region, location }: Host): Text {
  switch (part.kind) {
    case 'text':
      return [part.text];
    case 'here':
      return [part.output === 'name' ? (region?.name ?? 'arbiter') : location];
    case 'reference':
      return part.reference.kind === 'secret' ? [{ secret: part.reference.name }] : [];
  }
}

function spanOf({ alerts, name }: Model) {
  return alerts?.webhook?.span ?? alerts?.email?.span ?? name.origin.span;
}

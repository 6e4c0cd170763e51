import type { Host, Model, Template, TemplatePart } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import type { Text } from '../text.js';
import { appsCheck } from './apps-check.js';
import { certificateCheck } from './certificate.js';
import { galeraChecks } from './galera-checks.js';
import { library } from './library.js';
import {
  alertProgram,
  libraryPath,
  queuePath,
  sender,
  sendProgram,
  sendUnit,
  statePath,
  watchProgram,
  watchUnit,
  webhookPath,
} from './paths.js';
import { alert, send } from './programs.js';
import { failureService, sendPath, sendService, watchService, watchTimer } from './units.js';
import { watch } from './watch.js';

export { toldOnFailure, watchCheck } from './check.js';
export { runbook } from './runbook.js';

/**
 * How a host looks at itself and tells an operator. Without a webhook the journal is told alone. A webhook is what hosts can reach:
 * Hetzner lets no mail out of a server by the ports 25 and 465 until somebody asks for it (docs.hetzner.com, "Cloud servers, FAQ").
 */
export function alerting(model: Model, host: Host): BundlePart[] {
  const { webhook } = model.alerts ?? {};
  return [
    told(model, host, webhook !== undefined),
    watched(model, host),
    appsCheck(model, host),
    certificateCheck(host),
    galeraChecks(model, host),
    ...(webhook === undefined ? [] : [sent(model, host, webhook)]),
  ];
}

function told(model: Model, host: Host, isSent: boolean): BundlePart {
  const span = spanOf(model);
  const folders = '/etc/tmpfiles.d/groundplan-alerts.conf';
  // Whoever tells writes as a member of root's group, whoever sends takes away.
  const owner = isSent ? sender : 'root';
  return {
    packages: ['python3'],
    files: [
      file(libraryPath, span, library(host, isSent), { check: ['python3', '-m', 'py_compile', libraryPath] }),
      script(alertProgram, span, alert),
      file(folders, span, [`d ${statePath} 0755 root root\nd ${queuePath} 0775 ${owner} root\n`], {
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

function sent(model: Model, host: Host, webhook: Template): BundlePart {
  const span = spanOf(model);
  const users = '/etc/sysusers.d/groundplan-alert.conf';
  const path = `${sendUnit}.path`;
  return {
    files: [
      file(webhookPath, webhook.span, [...resolved(webhook, host), '\n'], { mode: '0600' }),
      script(sendProgram, span, send),
      file(users, span, [`u ${sender} - "Sends alerts of this host"\n`], {
        action: { kind: 'run', command: ['systemd-sysusers', users] },
      }),
      unitFile(`${sendUnit}.service`, span, sendService),
      unitFile(path, span, sendPath, { action: { kind: 'restart', unit: path } }),
    ],
    units: [{ name: path, state: 'running' }],
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

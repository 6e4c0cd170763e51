import type { Host, LoadBalancer, Model } from '@groundplan/model';
import type { BundleFile, BundlePart } from '../bundle/bundle.js';
import { file, script, unitFile } from '../bundle/file.js';
import { acmeAccountKey, balancerTlsKey } from '../secret-names.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { certificatePath } from './paths.js';

const program = '/usr/local/lib/groundplan/certificate';
const accountKeyPath = '/etc/groundplan/acme-account.key';

/** The pair that HAProxy shows to users: the user's own, or one of Let's Encrypt's. */
export function certificate(model: Model, balancer: LoadBalancer, host: Host): BundlePart {
  const { mode, certificate: own, key } = balancer.tls;
  switch (mode.value) {
    case 'none':
      return {};
    case 'files': {
      if (own === undefined || key === undefined) return {};
      return {
        files: [
          secretFile(certificatePath, own.span, [{ secret: own.name }, '\n']),
          secretFile(`${certificatePath}.key`, key.span, [{ secret: key.name }, '\n']),
        ],
      };
    }
    case 'acme':
      return acme(model, balancer, host);
  }
}

/** HAProxy reads it as root before it gives up its rights, so that nobody else has to. */
function secretFile(path: string, span: BundleFile['span'], content: Text): BundleFile {
  return file(path, span, content, { mode: '0600', action: { kind: 'reload', unit: 'haproxy.service' } });
}

/**
 * Every balancer has the key, so that the certificate is all that has to travel, and it is public: each balancer takes the newest
 * from the others, and any of them asks for a new one, at different times.
 */
function acme(model: Model, balancer: LoadBalancer, host: Host): BundlePart {
  const { span } = balancer.tls.mode.origin;
  const others = model.hosts.filter(({ entity }) => entity === balancer).sort((a, b) => (a.key < b.key ? -1 : 1));
  const rank = others.findIndex(({ key }) => key === host.key);
  return {
    packages: ['acme-tiny', 'curl', 'openssl'],
    files: [
      secretFile(`${certificatePath}.key`, span, [balancerTlsKey(balancer), '\n']),
      file(accountKeyPath, span, [acmeAccountKey, '\n'], { mode: '0600' }),
      // HAProxy takes no configuration without a certificate, also when it is only asked whether it would.
      script(program, span, keeper(balancer, host, others, rank), {
        action: { kind: 'run', command: [program, 'first'] },
      }),
      unitFile('groundplan-certificate-first.service', span, firstService),
      unitFile('groundplan-certificate.service', span, renewService),
      unitFile('groundplan-certificate.timer', span, renewTimer, {
        action: { kind: 'restart', unit: 'groundplan-certificate.timer' },
      }),
    ],
    units: [
      { name: 'groundplan-certificate-first.service', state: 'enabled' },
      { name: 'groundplan-certificate.timer', state: 'running' },
    ],
  };
}

function keeper(balancer: LoadBalancer, host: Host, all: readonly Host[], rank: number): Text {
  const names = [...new Set(balancer.routes.map((route) => route.host))].sort();
  const peers = all
    .filter(({ key }) => key !== host.key)
    .flatMap(
      (peer): Text =>
        peer.region === host.region ? [`${peer.address}\n`] : [{ publicAddress: peer, version: 'ipv4' }, '\n'],
    );
  return text`
#!/bin/sh
# Keeps the certificate of load_balancers.${balancer.name} fresh. All its balancers have the same key, and any of them can answer for it.
#   first  before HAProxy starts: makes a certificate that no browser trusts where there is none
#   renew  every few minutes: takes a newer one from another balancer, or has one issued when it is time
# Try it by hand: systemctl start groundplan-certificate; journalctl -u groundplan-certificate
set -eu

certificate=${certificatePath}
key=$certificate.key
account=${accountKeyPath}
stamp=/var/lib/groundplan/tls/asked
names='${names.join(' ')}'
peers='
${peers}
'
# With this many days left a new one is due. Each balancer waits two days longer than the one before it, so that they do not all
# ask; the first one is asked for half an hour later each.
days=${30 - 2 * rank}
patience=${30 * rank}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Whether a certificate belongs to our key, is made for all our names and was signed by somebody else.
usable() {
  [ "$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$key" -pubout 2>/dev/null)" ] || return 1
  [ "$(openssl x509 -in "$1" -noout -issuer | cut -d= -f2-)" != "$(openssl x509 -in "$1" -noout -subject | cut -d= -f2-)" ] || return 1
  for name in $names; do
    openssl x509 -in "$1" -noout -checkhost "$name" | grep -q 'does match' || return 1
  done
}

# Whether it is good for so many days more.
lasts() {
  openssl x509 -in "$1" -noout -checkend $(($2 * 86400)) >/dev/null 2>&1
}

install_new() {
  install -m 0644 "$1" "$certificate.new"
  mv "$certificate.new" "$certificate"
  systemctl reload haproxy.service
  echo "a new certificate is in use: $(openssl x509 -in "$certificate" -noout -enddate)"
}

self_signed() {
  openssl req -x509 -new -key "$key" -days 90 -subj '/CN=not issued yet' -out "$certificate" 2>/dev/null
  echo "no certificate yet: users are shown one that nobody trusts until Let's Encrypt issues one"
}

request() {
  openssl req -new -key "$key" -subj / -addext 'subjectAltName=${names.map((name) => `DNS:${name}`).join(',')}' -out "$work/request"
  acme-tiny --account-key "$account" --csr "$work/request" --acme-dir "$work" --disable-check --quiet \
    --contact mailto:${balancer.tls.email?.value ?? ''} >"$work/issued"
}

if [ "$1" = first ]; then
  [ "$(openssl x509 -in "$certificate" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$key" -pubout)" ] || self_signed
  exit 0
fi

if usable "$certificate" && lasts "$certificate" "$days"; then
  exit 0
fi

for peer in $peers; do
  if curl -fsS -m 5 -o "$work/peer" "http://$peer/_lb/certificate" && usable "$work/peer" && lasts "$work/peer" "$days"; then
    install_new "$work/peer"
    exit 0
  fi
done

# Let's Encrypt allows five failures an hour, so that this host asks twice an hour at most.
if [ -n "$(find "$stamp" -mmin -30 2>/dev/null)" ]; then
  exit 0
fi
if ! usable "$certificate" && [ -n "$(find "$certificate" -mmin "-$patience" 2>/dev/null)" ]; then
  exit 0
fi
touch "$stamp"
request
usable "$work/issued" || { echo "what was issued does not fit the key or the names" >&2; exit 1; }
install_new "$work/issued"
`;
}

const firstService = text`
[Unit]
Description=A certificate for HAProxy to start with
Before=haproxy.service
ConditionPathExists=${certificatePath}.key

[Service]
Type=oneshot
ExecStart=${program} first

[Install]
RequiredBy=haproxy.service
`;

const renewService = text`
[Unit]
Description=Keep the certificate of this balancer fresh
After=haproxy.service network-online.target
Wants=network-online.target

[Service]
Type=oneshot
ExecStart=${program} renew
TimeoutStartSec=5min
`;

const renewTimer = text`
[Unit]
Description=Look at the certificate of this balancer every two minutes

[Timer]
OnBootSec=30s
OnUnitInactiveSec=2min
RandomizedDelaySec=20s

[Install]
WantedBy=timers.target
`;

import type { Host, LoadBalancer } from '@groundplan/model';
import { certificatePath } from '../balancer/paths.js';
import type { BundlePart } from '../bundle/bundle.js';
import { text } from '../template.js';
import type { Text } from '../text.js';
import { watchCheck } from './check.js';
import { runbook } from './runbook.js';

/** Days: Let's Encrypt's are renewed a month before their end, the user's own are for a person to renew. */
const least = 21;

/** Whether users are shown a certificate that is good, and stays so for a while. */
export function certificateCheck({ entity }: Host): BundlePart {
  if (entity?.kind !== 'load_balancer' || entity.tls.mode.value === 'none') return {};
  return { packages: ['openssl'], files: [watchCheck('certificate', entity.tls.mode.origin.span, check(entity))] };
}

function check({ name, tls }: LoadBalancer): Text {
  const isIssued = tls.mode.value === 'acme';
  return text`
#!/bin/sh
# What is wrong with the certificate of load_balancer.${name}.
set -eu

certificate=${certificatePath}

problem() {
  printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" '${runbook.certificate}'
}

end=$(openssl x509 -in "$certificate" -noout -enddate)
end=\${end#notAfter=}

if ! openssl x509 -in "$certificate" -noout -checkend 0 >/dev/null; then
  problem over "the certificate of load_balancer.${name} is over: browsers refuse it" "It ended on $end."
elif ! openssl x509 -in "$certificate" -noout -checkend ${least * 86_400} >/dev/null; then
  problem near "the certificate of load_balancer.${name} ends soon" "It ends on $end${isIssued ? ', and should have been renewed: journalctl -u groundplan-certificate' : ''}."
fi
${isIssued ? notIssued(name) : ''}
`;
}

function notIssued(name: string): string {
  return `
if [ "$(openssl x509 -in "$certificate" -noout -issuer | cut -d= -f2-)" = "$(openssl x509 -in "$certificate" -noout -subject | cut -d= -f2-)" ]; then
  problem untrusted "load_balancer.${name} shows users a certificate that nobody trusts" "None was issued yet: journalctl -u groundplan-certificate"
fi
`;
}

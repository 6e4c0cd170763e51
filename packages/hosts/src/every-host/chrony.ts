import type { Model } from '@groundplan/model';
import type { BundlePart } from '../bundle/bundle.js';
import { file } from '../bundle/file.js';
import { images } from '../images.js';
import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Time, which certificates, leases and the order of log lines hang on. Hetzner's own servers are near and answer in its networks
 * (docs.hetzner.com, NTP); the distribution's pool stands behind them.
 */
export function chrony(model: Model): BundlePart {
  const path = '/etc/chrony/chrony.conf';
  return {
    packages: ['chrony'],
    files: [
      file(path, model.name.origin.span, configuration(images[model.image.value].timePool), {
        check: ['chronyd', '-p', '-f', path],
        action: { kind: 'restart', unit: 'chrony.service' },
      }),
    ],
    units: [{ name: 'chrony.service', state: 'running' }],
  };
}

function configuration(pool: string): Text {
  return text`
# Where this host gets its time. "chronyc tracking" shows how far off it is, "chronyc sources" whom it believes.
server ntp1.hetzner.de iburst
server ntp2.hetzner.com iburst
server ntp3.hetzner.net iburst
pool ${pool} iburst maxsources 2

driftfile /var/lib/chrony/chrony.drift
ntsdumpdir /var/lib/chrony

# A clock that is wrong at boot is set at once; later it is only ever slewed, since databases suffer from jumps.
makestep 1 3
rtcsync

# A client only: no port is open, "chronyc" talks through its socket.
port 0
cmdport 0
`;
}

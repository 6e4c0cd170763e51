/** Where the packages that a host can install are in its file system. */
export const packagesFolder = '/var/lib/rehearsal/packages';

/**
 * Makes an image. Runs under a lock for this image, in a mount namespace of its own, so that nothing stays mounted whatever happens.
 * It is made beside its place and moved there as the last thing.
 */
export const buildScript = `#!/bin/sh
# build.sh IMAGE RELEASE SYSTEM SERVICES FINISH: lists of packages are separated by commas; FINISH is the text of finish.sh
set -eu
image=$1 release=$2 system=$3 services=$4 finish=$5
[ ! -d "$image" ] || exit 0
part=$image.part
rm -rf --one-file-system "$part"
mkdir -p "$part/root"
printf '%s' "$finish" >"$part/finish.sh"
mmdebstrap --mode=root --variant=minbase --components=main --include="$system" \\
  --aptopt='APT::Install-Recommends "false"' --aptopt='APT::Keep-Downloaded-Packages "true"' \\
  --dpkgopt='path-exclude=/usr/share/man/*' \\
  --customize-hook="sh '$part/finish.sh' \\"\\$1\\" $services" "$release" "$part/root"
rm "$part/finish.sh"
mv "$part" "$image"
`;

/**
 * What comes after the system: services, which are off until a host turns them on; the packages as a repository on the host's own
 * disk; and no identity, so that every host has its own.
 */
export const finishScript = `#!/bin/sh
# finish.sh ROOT SERVICES: called by mmdebstrap with the finished system
set -eu
root=$1
services=$(echo "$2" | tr , ' ')
part=$(dirname "$root")

enabled() {
  systemctl --root="$root" list-unit-files --state=enabled --no-legend --plain | cut -d' ' -f1 | sort
}

enabled >"$part/enabled"
# A cluster that the package makes would be on the root disk.
mkdir -p "$root/etc/postgresql-common"
echo 'create_main_cluster = false' >"$root/etc/postgresql-common/createcluster.conf"
# Fetched from out here: there is no name service in there.
APT_CONFIG=$MMDEBSTRAP_APT_CONFIG apt-get install -y --download-only $services
DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -y --no-download $services
enabled | comm -13 "$part/enabled" - | xargs -r systemctl --root="$root" disable
rm "$part/enabled"

# A host must not set the clock, which is the machine's.
sed -i 's/^DAEMON_OPTS="/&-x /' "$root/etc/default/chrony"
mkdir "$root/etc/systemd/system/chrony.service.d"
printf '[Unit]\\nConditionCapability=\\n' >"$root/etc/systemd/system/chrony.service.d/rehearsal.conf"

packages=$root${packagesFolder}
mkdir -p "$packages"
mv "$root"/var/cache/apt/archives/*.deb "$packages"
(cd "$packages" && apt-ftparchive packages . >Packages && apt-ftparchive release . >Release)
rm -f "$root"/etc/apt/sources.list.d/*
echo 'deb [trusted=yes] file:${packagesFolder} ./' >"$root/etc/apt/sources.list"

cat >"$root/etc/cloud/cloud.cfg.d/90-rehearsal.cfg" <<'END'
datasource_list: [NoCloud, None]
apt: { preserve_sources_list: true }
END
# As in the images of servers; cloud-init ends in an error when it cannot set the locale that it wants.
echo 'en_US.UTF-8 UTF-8' >"$root/etc/locale.gen"
chroot "$root" locale-gen
rm -f "$root"/etc/ssh/ssh_host_*
ln -sf ../run/systemd/resolve/stub-resolv.conf "$root/etc/resolv.conf"
systemctl --root="$root" enable systemd-networkd.service
`;

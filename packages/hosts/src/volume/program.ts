import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * Formats a volume that has nothing on it, and makes a file system as large as its volume. Nothing is ever formatted for which
 * `blkid` finds a name, and the empty mount point cannot be written to: a database that starts without its volume finds no place
 * to begin anew (F25).
 */
export function volumeProgram(settingsPath: string, mountUnit: string): Text {
  return text`
#!/bin/sh
# The volume of this host. What is on a volume is never overwritten.
#   prepare  before it is mounted: waits for it, formats it if there is nothing on it, protects the empty mount point
#   settle   after a change: makes the file system as large as the volume, and lets go of a volume that is no longer this host's
set -eu

settings=\${GROUNDPLAN_VOLUME:-${settingsPath}}
# Seconds; the unit tries again.
patience=\${GROUNDPLAN_PATIENCE:-60}

# shellcheck source=/dev/null
. "$settings"
: "\${device:?}" "\${filesystem:?}" "\${mount_point:?}"

await_device() {
  waited=0
  until [ -b "$device" ]; do
    if [ "$waited" -ge "$patience" ]; then
      echo "the volume $device is not attached: nothing is mounted, and what needs it does not start" >&2
      exit 1
    fi
    sleep 1
    waited=$((waited + 1))
  done
}

# 2 means that blkid read the volume and found nothing it knows; anything else is a reason to keep away. A volume that cannot be
# read looks the same to blkid, so that it is read first.
is_blank() {
  head -c 1048576 "$device" >/dev/null || return 1
  found=0
  blkid -p "$device" >/dev/null || found=$?
  [ "$found" -eq 2 ]
}

format() {
  case "$filesystem" in
    ext4) mkfs.ext4 -q -m 1 "$device" ;;
    xfs) mkfs.xfs -q "$device" ;;
    *) echo "a file system $filesystem is not known" >&2; exit 1 ;;
  esac
  echo "$device was empty: formatted with $filesystem"
}

mounted() {
  mountpoint -q "$mount_point"
}

protect_mount_point() {
  mounted && return
  mkdir -p "$mount_point"
  if [ -n "$(ls -A "$mount_point")" ]; then
    echo "$mount_point is not empty though nothing is mounted there: move away what is in it" >&2
    exit 1
  fi
  chattr +i "$mount_point" || echo "$mount_point cannot be protected on this file system"
}

grow() {
  # A volume that grew while it is in use is noticed by the kernel only when it looks.
  rescan=/sys/class/block/$(basename "$(readlink -f "$device")")/device/rescan
  [ ! -w "$rescan" ] || echo 1 >"$rescan"
  case "$filesystem" in
    ext4) resize2fs "$device" ;;
    xfs) xfs_growfs "$mount_point" ;;
  esac
}

case "\${1:-}" in
  prepare)
    protect_mount_point
    await_device
    if is_blank; then
      format
    fi
    ;;
  settle)
    mounted || exit 0
    if [ -b "$device" ] && [ "$(mountpoint -x "$device")" = "$(mountpoint -d "$mount_point")" ]; then
      grow
    else
      echo "what is mounted at $mount_point is not $device: unmounted, with all that uses it"
      systemctl stop ${mountUnit}
    fi
    ;;
  *)
    echo "usage: volume prepare|settle" >&2
    exit 2
    ;;
esac
`;
}

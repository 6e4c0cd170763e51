/**
 * Removes all that a run made, by the names that only it has; what is not there (any more) is no error. One script for the end of a
 * run, for a run whose process died and for what an earlier one left, so that it is tried each time.
 */
export const cleanUpScript = `
# clean-up.sh CGROUP PREFIX FOLDER
set -u
cgroup=$1 prefix=$2 folder=$3
if [ -d "$cgroup" ]; then
  echo 1 >"$cgroup/cgroup.kill"
  tries=0
  while grep -q '^populated 1' "$cgroup/cgroup.events" && [ "$tries" -lt 200 ]; do
    sleep 0.05
    tries=$((tries + 1))
  done
  find "$cgroup" -depth -type d -exec rmdir {} +
fi
ip netns list | cut -d' ' -f1 | grep "^$prefix" | xargs -r -n1 ip netns del
losetup --list --noheadings --raw --output NAME,BACK-FILE | while read -r device file; do
  case $file in "$folder"/*) losetup -d "$device" ;; esac
done
rm -rf --one-file-system "$folder"
! [ -e "$cgroup" ] && ! [ -e "$folder" ]
`;

import type { Region, SharedStorage } from '@groundplan/model';
import { glusterTimeout } from './clock.js';
import { remainsOf } from './data-lost.js';
import { type Place, placesOfEntity } from './plant.js';
import { untouched, type Verdict } from './verdict.js';
import { isMajority } from './votes.js';
import { atMost, counted, untilItIsBack, untilSomeoneActs } from './words.js';
import { living, type World } from './world.js';

export type StorageVerdicts = ReadonlyMap<SharedStorage, ReadonlyMap<Region, Verdict>>;

/** How each shared storage is in each of its regions. */
export function judgeStorages(world: World): StorageVerdicts {
  return new Map(
    world.model.storages.map((storage) => {
      const verdicts = placesOfEntity(world.plant, storage).map((place) => judge(world, storage, place));
      return [storage, new Map(verdicts.map((verdict) => [verdict.place.region, verdict]))];
    }),
  );
}

/** Gluster with client and server quorum: more than half of the replicas, at least one of them with data. */
function judge(world: World, storage: SharedStorage, place: Place): Verdict {
  const { hosts, region } = place;
  const working = living(world, place).filter((host) => !world.hasLostVolume(host));
  if (working.length === hosts.length) return untouched(place);
  const name = `storage ${storage.name} in ${region.name}`;
  const isData = ({ ordinal }: { readonly ordinal: number }) => ordinal <= storage.replicas.data.value;
  const copies = working.filter(isData).length;
  const because = `${working.length} of ${hosts.length} replicas are left${copies === 0 ? ', none with data' : ''}`;
  if (hosts.filter(isData).every((host) => world.hasLostVolume(host))) {
    const { lost, remedy } = remainsOf(world, storage);
    return {
      place,
      state: 'dark',
      pause: 0,
      noticed: 0,
      text: `${name} has no data left: ${remedy}`,
      because: 'all of its volumes with data are lost',
      within: untilSomeoneActs,
      lost,
      fault: undefined,
    };
  }
  if (copies === 0 || !isMajority(working.length, hosts.length)) {
    return {
      place,
      state: 'dark',
      pause: 0,
      noticed: 0,
      text: `${name} refuses reads and writes`,
      because: `${because}${isMajority(working.length, hosts.length) ? '' : ', which is no majority'}`,
      within: untilItIsBack,
      lost: 'nothing that was written to a majority',
      fault: undefined,
    };
  }
  const hasSpare = isMajority(working.length - 1, hosts.length) && copies > 1;
  return {
    place,
    state: hasSpare ? 'carries-on' : 'degraded',
    pause: glusterTimeout,
    noticed: 0,
    text: `${name} goes on with ${counted(copies, 'copy', 'copies')} of its data, and heals when the rest is back`,
    because: `${because}, which is a majority${hasSpare ? '' : ', without one to spare'}`,
    within: atMost(glusterTimeout),
    lost: 'nothing',
    fault: 'F28',
  };
}

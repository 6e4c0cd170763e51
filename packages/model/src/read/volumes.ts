import type { Volume } from '../model.js';
import { child, oneOf, type Scope, size, withDefault } from './scope.js';

export function readVolume(scope: Scope): Volume {
  const volume = child(scope, 'volume');
  return {
    keySpan: volume.anchor,
    size: withDefault(volume, 'size', size),
    filesystem: withDefault(volume, 'filesystem', oneOf('ext4', 'xfs')),
  };
}

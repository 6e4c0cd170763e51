import type { Catalog } from '@groundplan/catalog';
import type { ImageShape } from '../shapes.js';

/** Ids of system images begin here and rise with name and architecture. */
const firstImageId = 1_001;

/** GB that a system image wants of a disk. */
const diskSize = 5;

/** One image for each name and architecture of the catalogue. */
export function systemImages(catalog: Catalog): ImageShape[] {
  const pairs = catalog.images.flatMap((image) => image.architectures.map((architecture) => ({ image, architecture })));
  return pairs.map(({ image, architecture }, index): ImageShape => {
    const [flavor = '', version = ''] = image.name.split('-');
    return {
      id: firstImageId + index,
      type: 'system',
      status: 'available',
      name: image.name,
      description: `${flavor.charAt(0).toUpperCase()}${flavor.slice(1)} ${version}`,
      image_size: null,
      disk_size: diskSize,
      created: `${catalog.date}T00:00:00+00:00`,
      created_from: null,
      bound_to: null,
      os_flavor: flavor,
      os_version: version,
      architecture,
      rapid_deploy: true,
      protection: { delete: false },
      deprecated: null,
      deleted: null,
      labels: {},
    };
  });
}

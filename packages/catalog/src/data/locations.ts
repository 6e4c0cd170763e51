import { sortedByName } from '../order.js';
import type { Location, LocationName } from '../types.js';

/**
 * Names, cities, coordinates and zones as the API gives them; object storage and storage boxes as docs.hetzner.com lists
 * their locations.
 */
export const locationsByName: Readonly<Record<LocationName, Location>> = {
  ash: {
    name: 'ash',
    city: 'Ashburn, VA',
    country: 'US',
    networkZone: 'us-east',
    objectStorage: false,
    storageBox: false,
    latitude: 39.045821,
    longitude: -77.487073,
  },
  fsn1: {
    name: 'fsn1',
    city: 'Falkenstein',
    country: 'DE',
    networkZone: 'eu-central',
    objectStorage: true,
    storageBox: true,
    latitude: 50.47612,
    longitude: 12.370071,
  },
  hel1: {
    name: 'hel1',
    city: 'Helsinki',
    country: 'FI',
    networkZone: 'eu-central',
    objectStorage: true,
    storageBox: true,
    latitude: 60.169855,
    longitude: 24.938379,
  },
  hil: {
    name: 'hil',
    city: 'Hillsboro, OR',
    country: 'US',
    networkZone: 'us-west',
    objectStorage: false,
    storageBox: false,
    latitude: 45.54222,
    longitude: -122.951924,
  },
  nbg1: {
    name: 'nbg1',
    city: 'Nuremberg',
    country: 'DE',
    networkZone: 'eu-central',
    objectStorage: true,
    storageBox: false,
    latitude: 49.452102,
    longitude: 11.076665,
  },
  sin: {
    name: 'sin',
    city: 'Singapore',
    country: 'SG',
    networkZone: 'ap-southeast',
    objectStorage: false,
    storageBox: false,
    latitude: 1.283333,
    longitude: 103.833333,
  },
};

/** Sorted by name. */
export const locations: readonly Location[] = sortedByName(Object.values(locationsByName));

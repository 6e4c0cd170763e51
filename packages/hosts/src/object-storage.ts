/** Where a location's object storage answers. */
export function objectStorageHost(location: string): string {
  return `${location}.your-objectstorage.com`;
}

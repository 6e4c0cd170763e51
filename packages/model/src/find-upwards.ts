/** The folders that a search goes through: paths of a disk for the command line, addresses for the editor. */
export interface Folders {
  readonly exists: (place: string) => Promise<boolean>;
  readonly inside: (folder: string, name: string) => string;
  /** Undefined at the top. */
  readonly parent: (folder: string) => string | undefined;
}

/** The nearest file of that name in `folder` or above, up to the root of the repository that `folder` lies in. */
export async function findUpwards(folder: string, name: string, folders: Folders): Promise<string | undefined> {
  for (let at: string | undefined = folder; at !== undefined; at = folders.parent(at)) {
    const place = folders.inside(at, name);
    if (await folders.exists(place)) return place;
    if (await folders.exists(folders.inside(at, '.git'))) return undefined;
  }
  return undefined;
}

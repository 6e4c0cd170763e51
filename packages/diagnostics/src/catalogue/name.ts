import { entry } from './entry.js';

/** Names that clash. */
export const name = {
  'name/first-name-taken': entry<{ name: string; other: string }>({
    severity: 'error',
    title: 'Two things have one first name',
    message: ({ name, other }) =>
      `the first name "${name}" is taken by ${other}: Terraform addresses come from first names, so each must be its own`,
    docs: '`renamed_from` keeps the first name of an entity, and a name that was given up that way stays taken: the servers, volumes and addresses that carry it still exist.',
  }),
  'name/host-clash': entry<{ host: string; other: string }>({
    severity: 'error',
    title: 'Two hosts would have one name',
    message: ({ host, other }) => `the host name ${host} would also be one of ${other}: rename one of the two`,
    docs: 'A host is called `<name>-<region>-<tier>-<entity>-<ordinal>`. Names that hold hyphens and the word of a tier can spell the same host twice.',
  }),
};

import { text } from '../template.js';

/** Patroni makes the only database there is; the package must not make one on the root disk beside it. */
export const createClusterConf = text`
# Read by Debian's PostgreSQL when it is installed.
create_main_cluster = false
`;

import { volumePath } from '../volume/index.js';
import type { Members } from './members.js';

/** What a member of etcd has, apart for each cluster: a voter may be in several. */
export function etcdPaths({ name }: Members) {
  const folder = `/etc/groundplan/etcd-${name}`;
  return {
    unit: `groundplan-etcd-${name}.service`,
    program: `/usr/local/lib/groundplan/etcd-${name}`,
    settings: `${folder}/settings`,
    certificate: `${folder}/member.pem`,
    authority: `${folder}/authority.pem`,
    /** Below /var/lib. */
    state: `etcd/${name}`,
  };
}

export const patroniUnit = 'patroni.service';
export const patroniConfig = '/etc/patroni/config.yml';
export const patroniProgram = '/usr/local/lib/groundplan/patroni';
export const patroniCheck = '/usr/local/lib/groundplan/patroni-check';
export const folderProgram = '/usr/local/lib/groundplan/postgresql-folder';
/** A module of Python's. */
export const libraryPath = '/usr/local/lib/groundplan/postgresql_cluster.py';
export const settleProgram = '/usr/local/lib/groundplan/postgresql-settle';
export const settleUnit = 'groundplan-postgresql-settle.service';
export const memberCertificate = '/etc/groundplan/postgresql/member.pem';
export const memberAuthorityPath = '/etc/groundplan/postgresql/authority.pem';
export const appPasswordPath = '/etc/groundplan/postgresql/app-password';
export const socketFolder = '/run/postgresql';

/** Everything of the server's on the volume. */
export const homePath = `${volumePath}/postgresql`;

/** @param major the version of PostgreSQL */
export function dataPath(major: string): string {
  return `${homePath}/${major}`;
}

export function binPath(major: string): string {
  return `/usr/lib/postgresql/${major}/bin`;
}

import { volumePath } from '../volume/index.js';

/** Everything of the server's on the volume. */
export const homePath = `${volumePath}/mysql`;
/** In a folder of the server's own, so that it can be put in place as a whole. */
export const dataPath = `${homePath}/data`;
export const binlogPath = `${homePath}/binlog`;

/** The key of this host and its certificate in one file, for the server and for what stands around it. */
export const memberPairPath = '/etc/groundplan/galera/member.pem';
export const authorityPath = '/etc/groundplan/galera/authority.pem';
export const settingsPath = '/etc/groundplan/galera/member.json';
export const appPasswordPath = '/etc/groundplan/galera/app-password';

/** Holds what the programs share. */
export const libraryPath = '/usr/local/lib/groundplan/galera';
export const memberProgram = `${libraryPath}/member`;
export const operatorProgram = '/usr/local/sbin/groundplan-galera';
export const checkProgram = `${libraryPath}/check`;
export const usersProgram = `${libraryPath}/users`;

/** Made by systemd for the server, gone when it stops. */
export const runtimeFolder = 'groundplan-galera';
/** While it is there this server takes no new connections: checks are answered with 503. */
export const drainingPath = `/run/${runtimeFolder}/draining`;

export const serverSocket = '/run/mysqld/mysqld.sock';
export const serverUnit = 'mariadb.service';
export const checkUser = 'groundplan-check';

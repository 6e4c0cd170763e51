export const unitName = 'groundplan-dns-checker.service';
export const programPath = '/usr/local/lib/groundplan/dns-checker.mjs';
export const settingsPath = '/etc/groundplan/dns-checker.json';
export const keyPath = '/etc/groundplan/dns-checker-key';
export const tokenPath = '/etc/groundplan/dns-token';
/** For an operator. */
export const operatorProgram = '/usr/local/sbin/groundplan-dns';
/** Below /run. */
export const runtimeFolder = 'groundplan-dns-checker';

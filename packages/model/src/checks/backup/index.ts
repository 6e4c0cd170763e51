import type { Check } from '../context.js';
import { exposed } from './exposed.js';
import { missing } from './missing.js';
import { sameLocation } from './same-location.js';
import { plain, unverified } from './settings.js';
import { sftpTooOld } from './sftp-too-old.js';

export const backupChecks: readonly Check[] = [missing, sameLocation, exposed, unverified, plain, sftpTooOld];

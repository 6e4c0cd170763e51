import type { Check } from '../context.js';
import { missing } from './missing.js';
import { plain } from './plain.js';
import { publicBucket } from './public.js';
import { sameLocation } from './same-location.js';
import { sftpTooOld } from './sftp-too-old.js';
import { sharedBucket } from './shared-bucket.js';
import { unverified } from './unverified.js';

export const backupChecks: readonly Check[] = [
  missing,
  plain,
  publicBucket,
  sameLocation,
  sftpTooOld,
  sharedBucket,
  unverified,
];

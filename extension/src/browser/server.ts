import { serveWorker } from '@groundplan/language-server/browser';

/** Replaced by the version of the extension when it is bundled. */
declare const extensionVersion: string;

serveWorker(globalThis as unknown as Worker & { close: () => void }, extensionVersion);

const folder = '/usr/local/lib/groundplan';

/** What the programs share. */
export const libraryPath = `${folder}/alerts.py`;
/** `alert SUBJECT [DETAIL]` tells an operator, from any program that runs as root. */
export const alertProgram = `${folder}/alert`;
export const watchProgram = `${folder}/watch`;
export const sendProgram = `${folder}/alert-send`;
/** Holds the checks that roles add, each an executable file. */
export const checksFolder = `${folder}/watch.d`;

/** What is wrong now, and what is still to be sent. */
export const statePath = '/var/lib/groundplan/alerts';
export const queuePath = `${statePath}/queue`;

/** The address that alerts are sent to, which mostly holds a key. */
export const webhookPath = '/etc/groundplan/alert-webhook';

export const watchUnit = 'groundplan-watch';
export const sendUnit = 'groundplan-alert-send';
/** Whoever sends alerts and can do nothing else. */
export const sender = 'groundplan-alert';

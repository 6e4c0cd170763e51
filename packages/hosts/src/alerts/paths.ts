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

/** A way by which alerts leave a host. What is sent by one does not wait for another. */
export interface Channel {
  /** As the program that sends is told. */
  readonly name: 'webhook' | 'mail';
  /** What it is called in words. */
  readonly words: string;
  /** The unit that sends, without its suffix. */
  readonly unit: string;
  /** A message a file. */
  readonly queue: string;
  /** Where alerts go, and with what secret. */
  readonly settings: string;
}

export const webhookChannel: Channel = {
  name: 'webhook',
  words: 'to the webhook',
  unit: 'groundplan-alert-send',
  queue: `${statePath}/queue`,
  settings: '/etc/groundplan/alert-webhook',
};

export const mailChannel: Channel = {
  name: 'mail',
  words: 'by mail',
  unit: 'groundplan-alert-mail',
  queue: `${statePath}/mail`,
  settings: '/etc/groundplan/alert-mail',
};

export const watchUnit = 'groundplan-watch';
/** Whoever sends alerts and can do nothing else. */
export const sender = 'groundplan-alert';

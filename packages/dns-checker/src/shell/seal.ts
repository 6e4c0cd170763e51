import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a key that all checkers have is good for. Two keys come of it, so that neither tells anything of the other. */
export interface Seal {
  /** By which two checkers know each other when they connect. 32 bytes. */
  readonly channelKey: Buffer;
  /** In hexadecimal. */
  sign(text: string): string;
  isGood(text: string, signature: string): boolean;
}

export function sealOf(secret: string): Seal {
  const derive = (purpose: string) => createHmac('sha256', secret).update(`groundplan dns-checker ${purpose}`).digest();
  const signingKey = derive('signature');
  const signatureOf = (text: string) => createHmac('sha256', signingKey).update(text).digest();
  return {
    channelKey: derive('channel'),
    sign: (text) => signatureOf(text).toString('hex'),
    isGood: (text, signature) => {
      const given = Buffer.from(signature, 'hex');
      const wanted = signatureOf(text);
      return given.length === wanted.length && timingSafeEqual(given, wanted);
    },
  };
}

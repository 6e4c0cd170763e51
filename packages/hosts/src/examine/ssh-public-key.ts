/** Fields of a public key after its type (RFC 4253 6.6, RFC 5656 3.1, RFC 8709 4, OpenSSH PROTOCOL.u2f). */
const fieldsOfType: Readonly<Record<string, number>> = {
  'ecdsa-sha2-nistp256': 2,
  'ecdsa-sha2-nistp384': 2,
  'ecdsa-sha2-nistp521': 2,
  'sk-ecdsa-sha2-nistp256@openssh.com': 3,
  'sk-ssh-ed25519@openssh.com': 2,
  'ssh-ed25519': 1,
  'ssh-rsa': 2,
};

/** Why a text is no OpenSSH public key, in words that can follow "cannot be used: "; undefined when it is one. */
export function publicKeyProblem(text: string): string | undefined {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----|^PuTTY-User-Key-File/m.test(text)) {
    return 'it is a PRIVATE key, which belongs on no server and in no repository: name its public half, usually the file that ends in .pub';
  }
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  const [line] = lines;
  if (line === undefined) return 'it is empty, and should hold an OpenSSH public key';
  if (/^---- BEGIN SSH2 PUBLIC KEY ----/.test(line)) {
    return 'it is a public key in the format of RFC 4716: convert it with "ssh-keygen -i -f FILE"';
  }
  if (lines.length > 1)
    return `it has ${lines.length} lines: an OpenSSH public key is one line, and each key has a file of its own`;
  const [type = '', encoded = ''] = line.trim().split(/\s+/);
  if (type === 'ssh-dss') return 'it is a DSA key, which no OpenSSH of today accepts: make an Ed25519 key';
  const fields = fieldsOfType[type];
  if (fields === undefined) return 'it is no OpenSSH public key, which is one line such as "ssh-ed25519 AAAA… name"';
  return holds(encoded, type, fields) ? undefined : `its ${type} key is damaged: copy the line again, as a whole`;
}

/** Whether the base64 text is `type` and then so many fields, each with its length in front, and nothing else. */
function holds(encoded: string, type: string, fields: number): boolean {
  const bytes = fromBase64(encoded);
  if (bytes === undefined) return false;
  const view = new DataView(bytes.buffer);
  const found: Uint8Array[] = [];
  let at = 0;
  while (at + 4 <= bytes.length) {
    const end = at + 4 + view.getUint32(at);
    if (end > bytes.length) return false;
    found.push(bytes.subarray(at + 4, end));
    at = end;
  }
  const [first, ...rest] = found;
  return (
    at === bytes.length &&
    first !== undefined &&
    String.fromCharCode(...first) === type &&
    rest.length === fields &&
    rest.every((each) => each.length > 0)
  );
}

/** Undefined for what is no canonical base64; its padding may be left out. */
function fromBase64(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  const bare = encoded.replace(/=+$/, '');
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) return undefined;
  const binary = atob(bare);
  const isCanonical = btoa(binary).replace(/=+$/, '') === bare;
  return isCanonical ? Uint8Array.from(binary, (character) => character.charCodeAt(0)) : undefined;
}

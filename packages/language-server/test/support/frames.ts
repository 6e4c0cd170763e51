/** A message with its header, as it goes over the wire. */
export function framed(message: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
}

/** Reads messages; throws at anything that is none, since a server writes nothing else. */
export function unframe(onMessage: (message: unknown) => void): (chunk: Buffer) => void {
  let rest = Buffer.alloc(0);
  return (chunk) => {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
      const header = rest.toString('latin1', 0, end);
      const length = /^Content-Length: (\d+)$/.exec(header)?.[1];
      if (length === undefined) throw new Error(`this is no header: ${header}`);
      const from = end + 4;
      if (rest.length < from + Number(length)) return;
      onMessage(JSON.parse(rest.toString('utf8', from, from + Number(length))));
      rest = rest.subarray(from + Number(length));
    }
  };
}

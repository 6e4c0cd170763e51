import { entry } from './entry.js';

/** The encrypted link between regions. */
export const tunnel = {
  'tunnel/cipher': entry<{ cipher: string; nearest: string }>({
    severity: 'error',
    title: 'A cipher that tinc does not carry',
    message: ({ cipher, nearest }) =>
      `tinc 1.0 works with CBC ciphers only, with ${cipher} it falls back to TCP or drops everything: set cipher: ${nearest}`,
    docs: `Seen with tinc 1.0.36: with aes-256-gcm and blowfish it says nothing and sends every packet through a TCP connection, which makes TCP inside TCP and stalls under loss; with aes-256-ctr and chacha20 the tunnel comes up and loses every packet. Pings between the daemons work all the while.

\`aes-256-cbc\` works. TLS runs inside the tunnel as well, so that the tunnel is not the only thing that protects the data.`,
  }),
  'tunnel/mtu': entry<{ mtu: number; largest: number; underlay: number }>({
    severity: 'warning',
    title: 'Packets that do not fit through the internet',
    message: ({ mtu, largest, underlay }) =>
      `packets of ${mtu} bytes do not fit through the internet's ${underlay} with the tunnel's 120 around them: set mtu: ${largest}`,
    docs: `Members of the tunnel reach each other over the internet, whose packets have up to 1500 bytes. tinc puts up to 120 bytes of its own around each one. What is larger is cut into fragments, which many networks drop: small queries work, and the first large result or the first full copy of a database hangs.

1380 is what fits.`,
  }),
  'tunnel/two-members': entry<{ names: string }>({
    severity: 'warning',
    title: 'A tunnel between two sites, with no way round',
    message: ({ names }) =>
      `only ${names} are in the tunnel: when the path between them dies there is no third to relay, add an arbiter`,
    docs: `The tunnel is a mesh: when the direct path between two members dies, tinc sends the packets by way of a third one within five seconds. Between two sites there is no third one, and paths between data centres do die on their own, mostly at night, while both ends can reach the rest of the internet.

An \`arbiter:\` at a third location is a member of the mesh too. It relays until the direct path is back.`,
  }),
};

// What Node and a browser's worker have in common and the language itself does not: this part of the extension sees nothing else.
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  decode(bytes: Uint8Array): string;
}
declare function atob(base64: string): string;
declare function btoa(binary: string): string;
declare const crypto: { randomUUID(): string };
declare function setTimeout(work: () => void): void;

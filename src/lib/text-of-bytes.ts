// From the bytes of a file to its text, as kubectl reads files: UTF-16 where the first two bytes say so, else UTF-8, in
// which a byte that is no part of a character becomes U+FFFD. k8s: cli-runtime FileVisitor, unicode.BOMOverride

/**
 * The text of a file, without a mark of byte order.
 * @param bytes any bytes
 */
export function textOfBytes(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

// Standard base64 as Go checks it. Kubernetes carries binary fields (Secret.data) this way.

const ALPHABET = /[A-Za-z0-9+/]/;

/**
 * What is wrong with a base64 text, in the words of Go's encoding/base64.
 * @returns `illegal base64 data at input byte N`, or undefined when the text is fine
 */
export function base64Error(text: string): string | undefined {
  const illegal = (index: number): string => `illegal base64 data at input byte ${index}`;
  let inQuantum = 0;
  let i = 0;
  while (i < text.length) {
    const char = text.charAt(i);
    if (char === '\n' || char === '\r') {
      i++;
      continue;
    }
    if (char === '=') {
      if (inQuantum < 2) return illegal(i);
      const rest = text.slice(i).replace(/[\r\n]/g, '');
      const padding = inQuantum === 2 ? '==' : '=';
      if (rest === padding) return undefined;
      return rest.startsWith(padding) ? illegal(i + padding.length) : illegal(inQuantum === 2 ? i + 1 : i);
    }
    if (!ALPHABET.test(char)) return illegal(i);
    inQuantum = (inQuantum + 1) % 4;
    i++;
  }
  return inQuantum === 0 ? undefined : illegal(text.length - inQuantum);
}

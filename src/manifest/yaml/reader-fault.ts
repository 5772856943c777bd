// Characters that YAML does not allow anywhere. k8s: goyaml.v2 readerc.go
import { YamlError } from './yaml-error.ts';

/** The first character of a text that YAML does not allow at all, as the error that it makes. */
export function readerFaultOf(text: string): YamlError | undefined {
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    if (code >= 0x20 && code < 0x7f) continue;
    if (code < 0x20 ? code !== 9 && code !== 10 && code !== 13 : isControl(code))
      return new YamlError('control characters are not allowed', i);
  }
  return undefined;
}

const isControl = (code: number): boolean =>
  (code >= 0x7f && code <= 0x9f && code !== 0x85) || code === 0xfffe || code === 0xffff;

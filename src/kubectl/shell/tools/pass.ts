// cat and tee: text that goes through as it is.
import { lineFilter, openSources, readOptions, type Tool } from './filter.ts';

export const cat: Tool = (args, files) => {
  const options = readOptions('cat', args, [...'nbsAETvuR']);
  const { failures, ...opened } = openSources('cat', options.rest, files);
  const code = (): number => (failures > 0 ? 1 : 0);
  if (!options.has('n', 'b')) return { ...opened, push: (text) => text, end: () => '', code };
  let number = 0;
  return lineFilter(
    (line) => {
      if (options.has('b') && line === '') return '\n';
      number += 1;
      return `${String(number).padStart(6)}\t${line}\n`;
    },
    { ...opened, code },
  );
};

export const tee: Tool = (args, files) => {
  const options = readOptions('tee', args, ['a', 'append']);
  const texts = new Map<string, string>();
  let err = '';
  for (const name of options.rest) {
    const before = options.has('a', 'append') ? files.read(name) : '';
    const error = files.write(name, typeof before === 'string' ? before : '');
    if (error === undefined) texts.set(name, typeof before === 'string' ? before : '');
    else err += `tee: ${name}: ${error}\n`;
  }
  return {
    ...(err !== '' && { err }),
    push: (text) => {
      for (const [name, before] of texts) texts.set(name, before + text);
      return text;
    },
    end: () => {
      for (const [name, text] of texts) files.write(name, text);
      return '';
    },
    code: () => (err === '' ? 0 : 1),
  };
};

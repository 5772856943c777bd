// How far the open file is from what was applied.
import { useStore } from 'zustand';
import { diffLines, editor } from '#state';

/**
 * How many lines of the open file differ from what was applied.
 *
 * @returns undefined where nothing was applied
 */
export function useDifference(): number | undefined {
  return useStore(editor, ({ applied, fileName, files }) => {
    const before = applied[fileName];
    return before === undefined ? undefined : diffLines(before, files[fileName] ?? '').count;
  });
}

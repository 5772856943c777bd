// The first fault in words under its line, with the ways out. The lines make room for it; it stands over that room, where
// it can be clicked.
import type { Problem } from '#bridge';
import type { Fix } from '#manifest';
import type { CodeEditor } from './monaco-models.ts';
import { commandLines, runFix } from './quick-fixes.ts';

/** Between the text and the edges of the column. */
const MARGIN_PX = 28;

/** The words under a line. */
export interface Peek {
  /** Shows a fault, or none. */
  show(problem: Problem | undefined, fixes: readonly Fix[]): void;
  /** Scrolls where the caret stands in the line at fault and the words are out of sight. */
  bringIntoSight(): void;
  /** Forgets what is shown: the editor has another model, and with it no room. */
  forget(): void;
  dispose(): void;
}

/**
 * What is told under a line: of all errors of the first line at fault the one with a way out, for it was written for
 * people; and the ways out of all of them.
 *
 * @param problems - of the open file
 * @returns undefined where nothing is wrong
 */
export function peeked(
  problems: readonly Problem[],
): { readonly problem: Problem; readonly fixes: readonly Fix[] } | undefined {
  const first = problems.find(({ severity }) => severity === 'error');
  if (!first) return undefined;
  const there = problems.filter(({ severity, from }) => severity === 'error' && from.line === first.from.line);
  return {
    problem: there.find(({ fixes = [] }) => fixes.length > 0) ?? first,
    fixes: there.flatMap(({ fixes = [] }) => fixes),
  };
}

/**
 * A place for the words in an editor.
 *
 * @param instance - the editor
 */
export function newPeek(instance: CodeEditor): Peek {
  const box = document.createElement('div');
  box.className = 'ed-peek';
  const widget = { getId: () => 'ordinal.peek', getDomNode: () => box, getPosition: () => null };
  instance.addOverlayWidget(widget);
  box.style.display = 'none';
  let zone: string | undefined;
  let shownLine: number | undefined;
  return {
    show(problem, fixes) {
      instance.changeViewZones((accessor) => {
        if (zone !== undefined) accessor.removeZone(zone);
        zone = undefined;
        box.style.display = 'none';
        if (!problem) return;
        box.replaceChildren(...contentOf(problem, fixes));
        const { contentLeft, contentWidth } = instance.getLayoutInfo();
        Object.assign(box.style, {
          display: '',
          left: `${contentLeft + 2}px`,
          width: `${Math.max(160, contentWidth - MARGIN_PX)}px`,
          top: '-10000px',
        });
        zone = accessor.addZone({
          afterLineNumber: Math.min(problem.from.line, instance.getModel()?.getLineCount() ?? 1),
          // Known only now that it is laid out at the editor's width.
          heightInPx: box.offsetHeight + 10,
          domNode: document.createElement('div'),
          onDomNodeTop: (top) => {
            box.style.top = `${top + 4}px`;
          },
        });
      });
      shownLine = problem?.from.line;
    },
    bringIntoSight() {
      if (shownLine !== undefined) bringIntoSight(instance, shownLine, box.offsetHeight);
    },
    forget() {
      zone = undefined;
      shownLine = undefined;
      box.style.display = 'none';
    },
    dispose: () => instance.removeOverlayWidget(widget),
  };
}

/** Who stands in the line at fault sees what is said about it. */
function bringIntoSight(instance: CodeEditor, line: number, height: number): void {
  if (instance.getPosition()?.lineNumber !== line || !instance.hasTextFocus()) return;
  const bottom = instance.getBottomForLineNumber(line) + height + MARGIN_PX;
  const last = instance.getScrollTop() + instance.getLayoutInfo().height;
  if (bottom > last) instance.setScrollTop(instance.getScrollTop() + bottom - last);
}

function contentOf(problem: Problem, fixes: readonly Fix[]): readonly Node[] {
  const words = document.createElement('p');
  words.textContent = problem.message;
  if (fixes.length === 0) return [words];
  const acts = document.createElement('div');
  acts.className = 'ed-peek-acts';
  acts.append(
    ...fixes.map((fix, at) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'btn btn-line btn-small';
      button.textContent = fix.label;
      button.title = commandLines(fix).join('\n');
      button.onclick = () => void runFix(fix);
      if (at === 0) {
        const key = document.createElement('kbd');
        key.textContent = 'Ctrl .';
        button.append(key);
      }
      return button;
    }),
  );
  return [words, acts];
}

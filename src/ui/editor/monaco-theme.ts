// The editor's colours, from the page's own tokens.
import { monaco } from './monaco-setup.ts';

/** Colours of the editor and the tokens they are taken from. */
const COLORS: Readonly<Record<string, string>> = {
  'editor.background': '--panel',
  'editor.foreground': '--syn-str',
  'editorLineNumber.foreground': '--ink-3',
  'editorLineNumber.dimmedForeground': '--ink-3',
  'editorLineNumber.activeForeground': '--ink',
  'editorCursor.foreground': '--ink',
  'editor.selectionBackground': '--line-2',
  'editor.inactiveSelectionBackground': '--line',
  'editor.lineHighlightBackground': '--hover',
  'editor.lineHighlightBorder': '--hover',
  'editor.wordHighlightBackground': '--sel',
  'editor.findMatchBackground': '--wait-soft',
  'editor.findMatchHighlightBackground': '--wait-soft',
  'editorBracketHighlight.foreground1': '--syn-dim',
  'editorBracketHighlight.foreground2': '--syn-dim',
  'editorBracketHighlight.foreground3': '--syn-dim',
  'editorIndentGuide.background1': '--line',
  'editorIndentGuide.activeBackground1': '--line-2',
  'editorBracketMatch.background': '--sel',
  'editorBracketMatch.border': '--line-3',
  'editorError.foreground': '--fail-fill',
  'editorWarning.foreground': '--wait-fill',
  'editorInfo.foreground': '--line-3',
  'editorGutter.background': '--panel',
  'editorGutter.foldingControlForeground': '--ink-3',
  'editor.foldBackground': '--hover',
  'editorWidget.background': '--panel-2',
  'editorWidget.foreground': '--ink',
  'editorWidget.border': '--line-2',
  'editorHoverWidget.background': '--panel-2',
  'editorHoverWidget.foreground': '--ink',
  'editorHoverWidget.border': '--line-2',
  'editorSuggestWidget.background': '--panel-2',
  'editorSuggestWidget.foreground': '--ink',
  'editorSuggestWidget.border': '--line-2',
  'editorSuggestWidget.selectedBackground': '--panel-3',
  'editorSuggestWidget.selectedForeground': '--ink',
  'editorSuggestWidget.highlightForeground': '--ink',
  'editorSuggestWidget.focusHighlightForeground': '--ink',
  'editorCodeLens.foreground': '--ink-2',
  'editorLightBulb.foreground': '--wait-fg',
  'editorLightBulbAutoFix.foreground': '--wait-fg',
  'diffEditor.insertedTextBackground': '--ready-soft',
  'diffEditor.insertedLineBackground': '--ready-soft',
  'diffEditor.removedTextBackground': '--fail-soft',
  'diffEditor.removedLineBackground': '--fail-soft',
  'editorMarkerNavigation.background': '--panel-2',
  'inputValidation.infoBackground': '--panel-3',
  'inputValidation.infoForeground': '--ink',
  'inputValidation.infoBorder': '--line-3',
  'input.background': '--panel',
  'input.foreground': '--ink',
  'input.border': '--line-3',
  'list.hoverBackground': '--hover',
  'quickInput.background': '--panel-2',
  'quickInput.foreground': '--ink',
  'quickInputList.focusBackground': '--panel-3',
  'quickInputList.focusForeground': '--ink',
  'menu.background': '--panel-2',
  'menu.foreground': '--ink',
  'menu.selectionBackground': '--panel-3',
  'menu.selectionForeground': '--ink',
  'menu.separatorBackground': '--line',
  'scrollbarSlider.background': '--line-2',
  'scrollbarSlider.hoverBackground': '--line-3',
  'scrollbarSlider.activeBackground': '--line-3',
  'scrollbar.shadow': '--line',
  'textLink.foreground': '--ink',
  'textLink.activeForeground': '--ink',
  'editorActionList.background': '--panel-2',
  'editorActionList.foreground': '--ink',
  'editorActionList.focusBackground': '--panel-3',
  'editorActionList.focusForeground': '--ink',
  focusBorder: '--ink',
};

/** What the YAML highlighter tells apart, and the tokens of the design. */
const RULES: readonly (readonly [token: string, property: string])[] = [
  ['', '--syn-str'],
  ['type', '--syn-key'],
  ['keyword', '--syn-num'],
  ['number', '--syn-num'],
  ['string', '--syn-str'],
  ['comment', '--syn-dim'],
  ['operators', '--syn-dim'],
  ['operators.directivesEnd', '--syn-dim'],
  ['delimiter', '--syn-dim'],
  ['tag', '--syn-num'],
  ['namespace', '--syn-num'],
];

/**
 * Puts the page's theme on all editors.
 *
 * @param theme - the one that the page shows now; its tokens are read from the page
 */
export function showMonacoTheme(theme: 'dark' | 'light'): void {
  const style = getComputedStyle(document.documentElement);
  const hex = (property: string) => longHex(style.getPropertyValue(property).trim());
  const name = `ordinal-${theme}`;
  monaco.editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: RULES.map(([token, property]) => ({ token, foreground: hex(property).slice(1, 7) })),
    colors: Object.fromEntries(Object.entries(COLORS).map(([key, property]) => [key, hex(property)])),
  });
  monaco.editor.setTheme(name);
}

/** The editor wants six or eight digits. */
function longHex(color: string): string {
  const short = /^#([0-9a-f]{3,4})$/i.exec(color)?.[1];
  return short === undefined ? color : `#${[...short].map((digit) => digit + digit).join('')}`;
}

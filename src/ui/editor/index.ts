// The manifest's column.
export { EditorPane } from './editor-pane.tsx';

// The manifest's column, and the ways between an object in the picture and its place in a file.
export { EditorPane } from './editor-pane.tsx';

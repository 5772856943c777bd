// Parts of the editor that the package exports without types. They are imported for what they register.
declare module 'monaco-editor/features/*';
declare module 'monaco-editor/languages/*';
declare module 'monaco-editor/editor/contrib/*';
declare module 'monaco-editor/editor/browser/*';
declare module 'monaco-editor/editor/common/*';

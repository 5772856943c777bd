// Importing this gives a page its fonts, colours and sizes.
import './fonts.css';
import './tokens.css';
import './base.css';

export { getTheme, setTheme, startTheme, type Theme, type ThemeChoice, theme, useTheme } from './theme.ts';

/**
 * Gives the built page a strict Content-Security-Policy. It stands in the page itself, so that it holds on any host,
 * even one that lets nobody choose response headers. The development server goes without: its reloading needs inline scripts.
 */
import type { Plugin } from 'vite';

const DIRECTIVES = [
  "default-src 'none'",
  "script-src 'self'",
  // The editor and the graph write style elements and attributes.
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self'",
  "connect-src 'self'",
  // The editor's squiggles are data: images.
  "img-src 'self' data:",
  "font-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  // Policy names are not listed: the editor creates about ten of its own.
  "require-trusted-types-for 'script'",
];

/**
 * Puts the policy as a meta element in front of everything else in the head of a built page.
 *
 * @returns a Vite plugin, active in builds only
 */
export function contentSecurityPolicy(): Plugin {
  return {
    name: 'ordinal:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'meta',
          attrs: { 'http-equiv': 'Content-Security-Policy', content: DIRECTIVES.join('; ') },
          injectTo: 'head-prepend',
        },
      ],
    },
  };
}

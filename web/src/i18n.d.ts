/** A compiled text catalogue, as the Lingui plugin hands it over. */
declare module '*.po' {
  export const messages: import('@lingui/core').Messages
}

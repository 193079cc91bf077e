/** On which machine this runs, as far as keys differ: ⌘ on Apple's, Ctrl elsewhere. */
export const isApple = (): boolean => /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? '')

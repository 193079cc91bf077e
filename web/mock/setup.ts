/** Prepares each test file. */
export {}

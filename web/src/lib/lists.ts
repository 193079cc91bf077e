/** Several names in one line, divided as the reader's language does: 、 in Chinese, a comma elsewhere. */

/** What stands between two of them. */
export const betweenOf = (language: string) => (language.startsWith('zh') ? '、' : ', ')

/** One after the other, without an “and”: for a cell or a line below a name. */
export const listOf = (language: string, names: readonly string[]) => names.join(betweenOf(language))

/** A list with its titles only; with the mark without which Excel does not read it as UTF-8. */
export const csvOf = (titles: readonly string[]) => new Blob([`\u{feff}${titles.map((title) => `"${title.replaceAll('"', '""')}"`).join(',')}\r\n`], { type: 'text/csv' })

/** Gives the reader a file to keep. */
export function saveFile(content: Blob, name: string) {
  const address = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  URL.revokeObjectURL(address)
}

/** A list with its titles only; with the mark without which Excel does not read it as UTF-8. */
export const csvOf = (titles: readonly string[]) => new Blob([`\u{feff}${titles.map((title) => `"${title.replaceAll('"', '""')}"`).join(',')}\r\n`], { type: 'text/csv' })

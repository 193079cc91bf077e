/** Gives the reader a file to keep. */
export function saveFile(content: Blob, name: string) {
  const address = URL.createObjectURL(content)
  saveFrom(address, name)
  URL.revokeObjectURL(address)
}

/** Has the browser fetch a file by itself: it may be larger than a page can hold. */
export function saveFrom(address: string, name: string) {
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
}

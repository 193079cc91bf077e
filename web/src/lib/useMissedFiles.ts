/** A file that misses the place it was dragged to is not opened by the browser in place of the app. */
import { useEffect } from 'react'

export const hasFiles = (data: Pick<DataTransfer, 'types'> | null) => data?.types.includes('Files') === true

export function useMissedFiles() {
  useEffect(() => {
    const refuse = (event: DragEvent) => {
      if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return
      event.preventDefault()
      if (event.type === 'dragover' && event.dataTransfer) event.dataTransfer.dropEffect = 'none'
    }
    for (const name of ['dragover', 'drop'] as const) addEventListener(name, refuse)
    return () => {
      for (const name of ['dragover', 'drop'] as const) removeEventListener(name, refuse)
    }
  }, [])
}

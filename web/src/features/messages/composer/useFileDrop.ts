/** Files dragged over the conversation. A file that misses it is not opened by the browser in place of the app. */
import { useLingui } from '@lingui/react/macro'
import { type DragEvent, useEffect, useState } from 'react'
import { toast } from '~/ui/toast'

interface FileDrop {
  isOver: boolean
  handlers: {
    onDragEnter: (event: DragEvent) => void
    onDragOver: (event: DragEvent) => void
    onDragLeave: (event: DragEvent) => void
    onDrop: (event: DragEvent) => void
  }
}

const hasFiles = (data: DataTransfer | null) => data?.types.includes('Files') === true

export function useFileDrop(isOpen: boolean, onFiles: (files: readonly File[]) => void): FileDrop {
  const { t } = useLingui()
  // Entering a child leaves its parent: over is over any of them.
  const [depth, setDepth] = useState(0)
  useEffect(() => {
    const refuse = (event: globalThis.DragEvent) => {
      if (!hasFiles(event.dataTransfer) || event.defaultPrevented) return
      event.preventDefault()
      if (event.type === 'dragover' && event.dataTransfer) event.dataTransfer.dropEffect = 'none'
    }
    for (const name of ['dragover', 'drop'] as const) addEventListener(name, refuse)
    return () => {
      for (const name of ['dragover', 'drop'] as const) removeEventListener(name, refuse)
    }
  }, [])
  const take = (act: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!isOpen || !hasFiles(event.dataTransfer)) return
    event.preventDefault()
    act(event)
  }
  return {
    isOver: depth > 0,
    handlers: {
      onDragEnter: take(() => setDepth((held) => held + 1)),
      onDragOver: take((event) => {
        event.dataTransfer.dropEffect = 'copy'
      }),
      onDragLeave: take(() => setDepth((held) => Math.max(0, held - 1))),
      onDrop: take((event) => {
        setDepth(0)
        const entries = [...event.dataTransfer.items].filter((item) => item.kind === 'file')
        const isFolder = entries.map((item) => item.webkitGetAsEntry?.()?.isDirectory === true)
        if (isFolder.includes(true)) toast(t`A folder cannot be sent. Pack it into one file first.`, { tone: 'bad' })
        onFiles([...event.dataTransfer.files].filter((_, index) => isFolder[index] !== true))
      }),
    },
  }
}

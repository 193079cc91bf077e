/** Files dragged over the conversation. */
import { useLingui } from '@lingui/react/macro'
import { type DragEvent, useState } from 'react'
import { hasFiles, useMissedFiles } from '~/lib/useMissedFiles'
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

export function useFileDrop(isOpen: boolean, onFiles: (files: readonly File[]) => void): FileDrop {
  const { t } = useLingui()
  // Entering a child leaves its parent: over is over any of them.
  const [depth, setDepth] = useState(0)
  useMissedFiles()
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

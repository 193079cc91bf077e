/** Takes files in beside the text field, as many and as large as this server says. */
import { plural } from '@lingui/core/macro'
import { useLingui } from '@lingui/react/macro'
import { useEffect } from 'react'
import { useIsOn } from '~/shell/applications'
import { useCapabilities } from '~/shell/session'
import { toast } from '~/ui/toast'
import { useMessages } from '../context'
import type { Entry } from '../engine/entry'

const MOST_FILES = 9

function limit(limits: object | undefined, name: string): number | undefined {
  const value: unknown = limits ? Object.entries(limits).find(([key]) => key === name)?.[1] : undefined
  return typeof value === 'number' ? value : undefined
}

/** Whether one may send files here at all. */
export function useMayAttach(entry: Entry): boolean {
  const isOn = useIsOn()
  return entry.conversation.can.send && isOn('sending_files')
}

export function useAttach(entry: Entry): (files: readonly File[]) => void {
  const { t } = useLingui()
  const { uploads } = useMessages()
  const limits = useCapabilities()?.limits
  const bytes = limit(limits, 'file_bytes')
  const most = limit(limits, 'files_per_message') ?? MOST_FILES
  const { id } = entry.conversation
  const may = useMayAttach(entry)
  useEffect(() => {
    if (bytes !== undefined) uploads.limit(bytes)
  }, [uploads, bytes])
  return (files) => {
    if (!may || files.length === 0) return
    const held = uploads.store.getState().items.filter((item) => item.isDraft && item.conversation === id).length
    const taken = files.slice(0, Math.max(0, most - held))
    if (taken.length < files.length) toast(t`One message carries at most ${plural(most, { one: '# file', other: '# files' })}. Send the others in the next one.`, { tone: 'bad' })
    uploads.add(id, taken)
  }
}

/** What the clipboard holds besides text. A copied cell of a sheet comes as text and picture: the text is meant. */
export function pastedFiles(data: DataTransfer, name: string): readonly File[] {
  if (data.getData('text/plain') !== '') return []
  return [...data.files].map((file) => {
    // Browsers call every screenshot the same.
    const isUnnamed = /^image\.\w+$/.test(file.name)
    return isUnnamed ? new File([file], `${name}${file.name.slice(file.name.lastIndexOf('.'))}`, { type: file.type }) : file
  })
}

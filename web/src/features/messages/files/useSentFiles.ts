/** The files of a conversation, newest first; what comes, goes or changes in it is followed wherever they are shown. */
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useLive } from '~/shell/live'
import { type FilesTab, sentFiles, sentFilesKey } from './addresses'

export function useSentFiles(conversation: string, kind: FilesTab) {
  const live = useLive()
  const queries = useQueryClient()
  useEffect(
    () =>
      live.on((frame) => {
        if (frame.c !== 'chat' || (frame.k !== 'message' && frame.k !== 'changed')) return
        if (frame.message.conversation_id === conversation) void queries.invalidateQueries({ queryKey: [...sentFilesKey(conversation), kind] })
      }),
    [live, queries, conversation, kind],
  )
  return useInfiniteQuery(sentFiles(conversation, kind))
}

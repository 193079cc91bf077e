/** Changes how this person keeps a conversation: at once here, then on the server, and back if that fails. */
import { useLingui } from '@lingui/react/macro'
import { toast } from '~/ui/toast'
import { useMessages } from './context'
import { unread, withMy } from './engine/entry'
import { learn, withEntry } from './engine/state'
import { update } from './engine/store'
import { changeMy, type MySettings } from './queries'

interface Word {
  text: string
  undo: MySettings
}

export function useMySettings(id: string) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const set = (my: MySettings) =>
    update(engine.store, (state) =>
      withEntry(state, id, (entry) => ({ ...entry, conversation: withMy(entry.conversation, my) })),
    )
  const change = (settings: MySettings, word?: Word) => {
    const before = engine.store.getState().entries.get(id)?.conversation.my
    set(settings)
    const asked = changeMy(id, settings).then((conversation) => {
      if (conversation) update(engine.store, (state) => learn(state, [conversation]))
    })
    engine.sync.reading(asked).then(
      () => {
        if (word) toast(word.text, { undo: () => change(word.undo) })
      },
      () => {
        if (before) set(before)
        toast(t`That did not reach the server. Nothing was changed.`, { tone: 'bad' })
      },
    )
  }
  return change
}

/** The changes that have a way back, each with the word that offers it. */
export function useMyActs(id: string) {
  const { t } = useLingui()
  const { engine } = useMessages()
  const change = useMySettings(id)
  const my = () => engine.store.getState().entries.get(id)?.conversation.my
  return {
    pin: () => {
      const isPinned = my()?.is_pinned === true
      change({ is_pinned: !isPinned }, { text: isPinned ? t`No longer pinned` : t`Pinned to the top`, undo: { is_pinned: isPinned } })
    },
    mute: () => {
      const isMuted = my()?.is_muted === true
      change({ is_muted: !isMuted }, { text: isMuted ? t`No longer muted` : t`Muted`, undo: { is_muted: isMuted } })
    },
    hide: () => change({ is_hidden: true }, { text: t`Hidden until the next message`, undo: { is_hidden: false } }),
    /** Read up to its end, or marked unread; a count that was read away comes back as the mark. */
    read: () => {
      const entry = engine.store.getState().entries.get(id)
      if (!entry) return
      if (unread(entry) > 0) {
        engine.read(id, entry.last.seq, entry.last.n)
        toast(t`Marked as read`, { undo: () => change({ is_marked_unread: true }) })
        return
      }
      const isMarked = entry.conversation.my.is_marked_unread
      change({ is_marked_unread: !isMarked }, { text: isMarked ? t`Marked as read` : t`Marked as unread`, undo: { is_marked_unread: isMarked } })
    },
    dropDraft: () => {
      const draft = my()?.draft
      if (!draft) return
      engine.draft(id, null)
      toast(t`Draft deleted`, { undo: () => engine.draft(id, draft) })
    },
  }
}

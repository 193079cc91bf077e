/** Changes how this person keeps a conversation: at once here, then on the server, and back if that fails. */
import { useLingui } from '@lingui/react/macro'
import { toast } from '~/ui/toast'
import { useMessages } from './context'
import { withMy } from './engine/entry'
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
    changeMy(id, settings).then(
      (conversation) => {
        if (conversation) update(engine.store, (state) => learn(state, [conversation]))
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

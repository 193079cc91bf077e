/** The keys of the palette, for the overview. */
import { msg } from '@lingui/core/macro'
import type { ShortcutGroup } from '~/shell/shortcuts'

export const shortcuts: readonly ShortcutGroup[] = [
  {
    title: msg`While searching`,
    shortcuts: [
      { keys: ['↑ ↓'], does: msg`Move between results` },
      { keys: ['PageUp PageDown'], does: msg`Several results further` },
      { keys: ['Enter'], does: msg`Open` },
      { keys: ['Mod Enter'], does: msg`Open in a new window` },
      { keys: ['>'], does: msg`Functions only` },
      { keys: ['@'], does: msg`People only` },
      { keys: ['#'], does: msg`Conversations only` },
      { keys: ['Delete'], does: msg`Forget the search that is meant` },
    ],
  },
]

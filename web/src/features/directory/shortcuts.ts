/** The keys of the directory, for the overview. */
import { msg } from '@lingui/core/macro'
import type { ShortcutGroup } from '~/shell/shortcuts'

export const shortcuts: readonly ShortcutGroup[] = [
  {
    title: msg`Directory`,
    shortcuts: [
      { keys: ['/'], does: msg`Search people`, single: ['/'] },
      { keys: ['↑ ↓', 'J K'], does: msg`Move in the list`, single: ['J K'] },
      { keys: ['G'], does: msg`Go to a letter`, single: ['G'] },
      { keys: ['Enter'], does: msg`Open the card` },
      { keys: ['Space', 'X'], does: msg`Choose or let go`, single: ['X'] },
      { keys: ['Shift ↓'], does: msg`Choose a whole run` },
      { keys: ['+ -'], does: msg`Draw the chart larger or smaller` },
      { keys: ['0'], does: msg`Draw the chart at its usual size` },
    ],
  },
]

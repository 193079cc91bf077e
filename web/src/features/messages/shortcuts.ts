/** The keys of the messages module, for the overview. */
import { msg } from '@lingui/core/macro'
import type { ShortcutGroup } from '~/shell/shortcuts'

export const shortcuts: readonly ShortcutGroup[] = [
  {
    title: msg`Conversations`,
    shortcuts: [
      { keys: ['N'], does: msg`New conversation`, single: ['N'] },
      { keys: ['/'], does: msg`Filter by name`, single: ['/'] },
      { keys: ['↑ ↓', 'J K'], does: msg`Move in the list` },
      { keys: ['Enter'], does: msg`Open` },
      { keys: ['Alt ↑', 'Alt ↓'], does: msg`Previous or next conversation` },
      { keys: ['Alt Shift ↑', 'Alt Shift ↓'], does: msg`Previous or next unread` },
      { keys: ['Mod Shift U'], does: msg`Mark the open one unread` },
    ],
  },
  {
    title: msg`Messages`,
    shortcuts: [
      { keys: ['Mod Shift F'], does: msg`Find in this conversation`, application: 'message_search' },
      { keys: ['↑ ↓'], does: msg`Move between messages` },
      { keys: ['Shift F10'], does: msg`What can be done with it` },
    ],
  },
  {
    title: msg`Pictures, large`,
    shortcuts: [
      { keys: ['← →'], does: msg`Previous or next picture` },
      { keys: ['Home End'], does: msg`First or last picture` },
      { keys: ['+ -'], does: msg`Larger or smaller` },
      { keys: ['0'], does: msg`Whole again` },
    ],
  },
  {
    title: msg`Writing`,
    shortcuts: [
      { keys: ['Enter'], does: msg`Send` },
      { keys: ['Shift Enter'], does: msg`New line` },
      { keys: ['↑'], does: msg`Change the last own message` },
      { keys: ['@'], does: msg`Mention somebody` },
      { keys: ['Mod B'], does: msg`Bold` },
      { keys: ['Mod I'], does: msg`Emphasis` },
      { keys: ['Mod E'], does: msg`Code` },
    ],
  },
]

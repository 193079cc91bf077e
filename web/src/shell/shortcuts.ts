/** The keys there are: what the overview lists, and when a single one counts. */
import type { MessageDescriptor } from '@lingui/core'
import { msg } from '@lingui/core/macro'
import type { ApplicationKey } from './applications'
import { usePreferences } from './preferences'

export interface Shortcut {
  /** Ways to press it, each as `Kbd` takes it. */
  keys: readonly string[]
  does: MessageDescriptor
  /** The ways in which nothing is held down: they can be switched off. */
  single?: readonly string[]
  /** What has to be on for it to do something. */
  application?: ApplicationKey
}

export interface ShortcutGroup {
  title: MessageDescriptor
  shortcuts: readonly Shortcut[]
}

const groups: ShortcutGroup[] = [
  {
    title: msg`Everywhere`,
    shortcuts: [
      { keys: ['Mod K'], does: msg`Search everything` },
      { keys: ['Mod /', '?'], does: msg`Show this overview`, single: ['?'] },
      { keys: ['Esc'], does: msg`Close what is open, or go one level up` },
    ],
  },
]

/** Called once at the start with the keys of every feature. */
export function provideShortcuts(...all: readonly ShortcutGroup[]) {
  groups.push(...all)
}

export const shortcutGroups = (): readonly ShortcutGroup[] => groups

/** Whether somebody is writing: single keys are text there. */
export function isInField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** Whether `key` was pressed alone and means a command: not while writing, composing, in a dialog, or when switched off. */
export function isSingleKey(event: KeyboardEvent, key: string): boolean {
  if (event.key !== key || event.isComposing || event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return false
  if (!usePreferences.getState().hasSingleKeys || isInField(event.target)) return false
  return !(event.target instanceof Element && event.target.closest('[role=dialog], [role=alertdialog], [role=menu], [role=listbox]'))
}

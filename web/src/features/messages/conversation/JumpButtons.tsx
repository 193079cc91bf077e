/** The ways back: up to what was not read, down to what was said last. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { Button } from 'react-aria-components'
import { Icon } from '~/ui/Icon'
import { type Entry, unread } from '../engine/entry'
import type { MessageWindow } from './useWindow'
import styles from './JumpButtons.module.css'

interface Props {
  entry: Entry
  view: MessageWindow
  unreadAfter: number | null
  isAtEnd: boolean
  firstSeen: number
  onJump: (seq: number) => void
  onEnd: () => void
}

export function JumpButtons({ entry, view, unreadAfter, isAtEnd, firstSeen, onJump, onEnd }: Props) {
  const { t } = useLingui()
  const above = unreadAfter === null ? 0 : Math.max(0, firstSeen - unreadAfter - 1)
  const waiting = unread(entry)
  const isEmpty = view.messages.length === 0
  return (
    <>
      {unreadAfter !== null && above > 0 && view.isLive && (
        <Button className={`${styles.jump} ${styles.up}`} onPress={() => onJump(unreadAfter + 1)}>
          <Icon icon={ArrowUp} size={15} />
          <Plural value={above} one="# unread above" other="# unread above" />
        </Button>
      )}
      {!isAtEnd && !isEmpty && (
        <Button className={`${styles.jump} ${styles.down}`} data-mark={waiting > 0 || undefined} aria-label={waiting > 0 || !view.isLive ? undefined : t`To the last message`} onPress={onEnd}>
          <Icon icon={ArrowDown} size={15} />
          {waiting > 0 ? <Plural value={waiting} one="# new message" other="# new messages" /> : !view.isLive && <Trans>Latest</Trans>}
        </Button>
      )}
    </>
  )
}

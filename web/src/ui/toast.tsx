/** Short word that something was done, with the way back where there is one. At most two at a time. */
import { useLingui } from '@lingui/react/macro'
import { AtSign, CircleAlert, CircleCheck, X, type LucideIcon } from 'lucide-react'
import { Button, Text } from 'react-aria-components'
import { UNSTABLE_Toast as Toast, UNSTABLE_ToastContent as ToastContent, UNSTABLE_ToastQueue as ToastQueue, UNSTABLE_ToastRegion as ToastRegion } from 'react-aria-components/Toast'
import { Icon } from './Icon'
import styles from './toast.module.css'

/** Something is done, or is not, or somebody calls. */
type Tone = 'ok' | 'bad' | 'call'

const signs: Record<Tone, LucideIcon> = { ok: CircleCheck, bad: CircleAlert, call: AtSign }

interface Note {
  text: string
  tone: Tone
  undo?: () => void
}

const queue = new ToastQueue<Note>({ maxVisibleToasts: 2 })

/** Shows `text` for 5 s, or 8 s when it can be undone. What it gives takes the word away sooner. */
export function toast(text: string, { undo, tone = 'ok' }: { undo?: () => void; tone?: Tone } = {}): () => void {
  const key = queue.add({ text, tone, undo }, { timeout: undo ? 8000 : 5000 })
  return () => queue.close(key)
}

/** Takes away what is shown: it was said to somebody who has left. */
export function clearToasts() {
  queue.clear()
}

export function Toasts() {
  const { t } = useLingui()
  return (
    <ToastRegion queue={queue} className={styles.region} aria-label={t`Messages of the app`}>
      {({ toast: item }) => (
        <Toast toast={item} className={styles.toast}>
          <span className={styles.sign} data-tone={item.content.tone}>
            <Icon icon={signs[item.content.tone]} size={19} />
          </span>
          <ToastContent className="grow">
            <Text slot="title">{item.content.text}</Text>
          </ToastContent>
          {item.content.undo && (
            <Button
              className={styles.undo}
              onPress={() => {
                item.content.undo?.()
                queue.close(item.key)
              }}
            >
              {t`Undo`}
            </Button>
          )}
          <Button slot="close" aria-label={t`Close`} className={styles.close}>
            <Icon icon={X} size={15} />
          </Button>
        </Toast>
      )}
    </ToastRegion>
  )
}

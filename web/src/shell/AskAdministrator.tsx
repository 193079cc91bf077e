/** The way to an administrator, beside whatever one may not do or has to know; and the dialog behind it (ADM-08). */
import { useLingui } from '@lingui/react/macro'
import { MessageCircleQuestionMark } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { Button as Plain } from 'react-aria-components'
import { Button } from '~/ui/Button'
import { askAdministrator, type AskTopic, useAskTopic, useCanAsk } from './asking'
import styles from './AskAdministrator.module.css'

const AskDialog = lazy(() => import('./AskDialog').then((part) => ({ default: part.AskDialog })))

interface Props {
  topic?: AskTopic
  /** `link` where it stands among words. */
  look?: 'button' | 'link'
  /** Puts away what would stand in front of the chat. */
  onAsk?: (() => void) | undefined
}

export function AskAdministrator({ topic = 'anything', look = 'button', onAsk }: Props) {
  const { t } = useLingui()
  const canAsk = useCanAsk()
  if (!canAsk) return null
  const ask = () => {
    onAsk?.()
    askAdministrator(topic)
  }
  if (look === 'link') return <Plain className={styles.link} onPress={ask}>{t`Ask my administrator`}</Plain>
  return <Button icon={MessageCircleQuestionMark} onPress={ask}>{t`Ask my administrator`}</Button>
}

/** Stands in the frame once: whoever asks anywhere opens it. */
export function Asking({ slug }: { slug: string }) {
  const topic = useAskTopic()
  if (topic === null) return null
  return (
    <Suspense>
      <AskDialog slug={slug} topic={topic} />
    </Suspense>
  )
}

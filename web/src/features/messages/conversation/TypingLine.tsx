/** Who is writing now. Never announced: it would interrupt whoever listens to the messages. */
import { Trans } from '@lingui/react/macro'
import { useMemo } from 'react'
import { isolated } from '~/lib/bidi'
import { useChat, usePeople } from '../context'
import styles from './TypingLine.module.css'

export function TypingLine({ id }: { id: string }) {
  const typing = useChat((state) => state.typing.get(id))
  const ids = useMemo(() => [...(typing?.keys() ?? [])], [typing])
  const people = usePeople(ids)
  const names = ids.flatMap((member) => people.get(member)?.name ?? []).map(isolated)
  const first = names[0]
  const others = names.length - 1
  return (
    <div className={styles.line} aria-hidden="true">
      {first !== undefined && (
        <>
          <span className={styles.dots}><i /><i /><i /></span>
          {others > 0 ? <Trans>{first} and {others} more are typing…</Trans> : <Trans>{first} is typing…</Trans>}
        </>
      )}
    </div>
  )
}

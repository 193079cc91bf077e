/** A place that has nothing to show, and why: empty, failed, closed, not there. Drawn on the ring. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Copy, RotateCw } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button } from './Button'
import { toast } from './toast'
import styles from './State.module.css'

type Kind = 'empty' | 'error' | 'closed' | 'none'

function StateRing({ kind }: { kind: Kind }) {
  return (
    <svg width="112" height="112" viewBox="0 0 120 120" aria-hidden="true" fill="none" strokeLinecap="round">
      <path d="M51.1 109.2A50 50 0 1 1 69.1 109.2" stroke="var(--line-2)" strokeWidth="9" />
      <path d="M50.6 92.7A34 34 0 1 1 69.5 92.6" stroke="var(--line-2)" strokeWidth="5" />
      {kind === 'empty' && <circle cx="60" cy="60" r="9" fill="var(--accent)" opacity=".85" />}
      {kind === 'error' && (
        <>
          <path d="M83.4 15.8A50 50 0 0 1 110.0 60.8" stroke="var(--bad)" strokeWidth="9" />
          <circle cx="60" cy="60" r="9" fill="var(--bad)" />
        </>
      )}
      {kind === 'closed' && (
        <>
          <path d="M78.1 106.6A50 50 0 0 1 42.0 106.6" stroke="var(--fg-2)" strokeWidth="9" />
          <circle cx="60" cy="60" r="9" fill="var(--fg-3)" />
        </>
      )}
      {kind === 'none' && (
        <>
          <circle cx="86" cy="34" r="10" fill="var(--mark-vivid)" />
          <circle cx="60" cy="60" r="6" fill="var(--line-3)" />
        </>
      )}
    </svg>
  )
}

interface StateProps {
  kind?: Kind
  title: string
  children?: ReactNode
  action?: ReactNode
  /** Its heading: 1 where it is the whole page. */
  level?: 1 | 2
}

function State({ kind = 'empty', title, children, action, level = 2 }: StateProps) {
  const Title = level === 1 ? 'h1' : 'h2'
  return (
    <div className={styles.state}>
      <StateRing kind={kind} />
      <Title className={styles.title}>{title}</Title>
      {children !== undefined && <p className={styles.text}>{children}</p>}
      {action !== undefined && <div className={styles.actions}>{action}</div>}
    </div>
  )
}

/** Nothing there yet, or (`none`) nothing that matches. */
export function EmptyState({ kind = 'empty', ...rest }: Omit<StateProps, 'kind'> & { kind?: 'empty' | 'none' }) {
  return <State kind={kind} {...rest} />
}

interface ErrorStateProps {
  title?: string
  children?: ReactNode
  level?: 1 | 2
  /** The number the server's log can be searched for. */
  number?: string | null | undefined
  onRetry?: () => void
  /** What the button says when it does something else than try again. */
  retry?: string
}

export function ErrorState({ title, children, level, number, onRetry, retry }: ErrorStateProps) {
  const { t } = useLingui()
  const copy = (text: string) => {
    void navigator.clipboard.writeText(text).then(() => toast(t`Number copied`))
  }
  return (
    <div role="alert" className={styles.fill}>
      <State
        kind="error"
        level={level}
        title={title ?? t`This could not be loaded`}
        action={
          <>
            {onRetry && <Button variant="primary" icon={RotateCw} onPress={onRetry}>{retry ?? t`Try again`}</Button>}
            {number && <Button icon={Copy} onPress={() => copy(number)}><Trans>Copy the number</Trans></Button>}
          </>
        }
      >
        {children}
        {number && <span className={styles.number}><Trans>Number {number}. Your IT can look it up.</Trans></span>}
      </State>
    </div>
  )
}

type SayingProps = Partial<Omit<StateProps, 'kind'>>

export function NoAccess(saying: SayingProps) {
  const { t } = useLingui()
  return <State title={t`Only administrators can open this`} {...saying} kind="closed" />
}

/** The organisation can do without it, and does. */
export function SwitchedOffState(saying: SayingProps) {
  const { t } = useLingui()
  return <State title={t`Your organisation has switched this off`} {...saying} kind="closed" />
}

export function NotFound(saying: SayingProps) {
  const { t } = useLingui()
  return <State title={t`There is nothing here`} {...saying} kind="none">{saying.children ?? t`It may have been removed, or the address may be wrong.`}</State>
}

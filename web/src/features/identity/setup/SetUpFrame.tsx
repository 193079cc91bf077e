/** The frame of the first run: the steps down the wall, one question in the panel. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { useCapabilities } from '~/shell/session'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { Icon } from '~/ui/Icon'
import { Logo } from '~/ui/Logo'
import styles from './SetUpFrame.module.css'

export interface SetUpStep {
  title: string
  detail?: string | undefined
}

interface Props {
  steps: readonly SetUpStep[]
  current: number
  children: ReactNode
  foot: ReactNode
}

export function SetUpFrame({ steps, current, children, foot }: Props) {
  const { t } = useLingui()
  const version = useCapabilities()?.version ?? ''
  const place = Math.min(current + 1, steps.length)
  const total = steps.length
  return (
    <div className={styles.frame}>
      <aside className={styles.side}>
        <div className={styles.brand}>
          <Logo size={30} />
          <span className="grow"><Trans>Tulou setup</Trans></span>
          <span className={styles.count}><Trans>Step {place} of {total}</Trans></span>
        </div>
        <ol className={styles.steps} aria-label={t`Steps`}>
          {steps.map((step, index) => (
            <li key={step.title} data-state={index < current ? 'done' : index === current ? 'now' : 'next'} aria-current={index === current ? 'step' : undefined}>
              <span className={styles.number}>{index < current ? <Icon icon={Check} size={14} label={t`done`} /> : index + 1}</span>
              <div>
                {step.title}
                {step.detail !== undefined && <small>{step.detail}</small>}
              </div>
            </li>
          ))}
        </ol>
        <div className={styles.foot}>
          <LanguageSwitch tone="wall" />
          <p>
            <Trans>Nothing leaves this server during setup.</Trans>
            <br />
            <Trans>Version {version}</Trans>
          </p>
        </div>
      </aside>
      <main className={styles.panel}>
        <div className={styles.scroll}>{children}</div>
        <div className={styles.bar}>{foot}</div>
      </main>
    </div>
  )
}

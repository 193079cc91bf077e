/** In place of what the organisation has switched off: says so, and whom to ask. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ButtonLink } from '~/ui/Button'
import { SwitchedOffState } from '~/ui/State'
import { AskAdministrator } from './AskAdministrator'
import { links } from './links'
import { PageTitle } from './PageTitle'
import { useOrganisationName } from './session'
import styles from './ErrorPage.module.css'

export function SwitchedOff({ level }: { level: 1 | 2 }) {
  const name = useOrganisationName()
  return (
    <SwitchedOffState
      level={level}
      action={
        <>
          <AskAdministrator topic="application" />
          <ButtonLink href={links.start()}><Trans>Go to the start</Trans></ButtonLink>
        </>
      }
    >
      {name === '' ? <Trans>Ask an administrator of your organisation if you need it.</Trans> : <Trans>Ask an administrator of {name} if you need it.</Trans>}
    </SwitchedOffState>
  )
}

/** The same as a page. */
export function SwitchedOffPage() {
  const { t } = useLingui()
  return (
    <div className={styles.page}>
      <PageTitle>{t`Switched off`}</PageTitle>
      <SwitchedOff level={1} />
    </div>
  )
}

/** Who answers for one's data here, and where everything about it is written (DOC-08). */
import { Trans } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { whomToAsk } from '~/shell/asking'
import { links } from '~/shell/links'
import { useOrganisationName } from '~/shell/session'
import { Link } from '~/ui/Link'
import styles from './settings.module.css'

export function WhoAnswers() {
  const organisation = useOrganisationName()
  const contact = useQuery(whomToAsk()).data?.contact_name ?? ''
  return (
    <p className={styles.quiet}>
      {contact === '' ? <Trans>{organisation} answers for your data here.</Trans> : <Trans>{organisation} answers for your data here; the contact is {contact}.</Trans>}{' '}
      <Link href={links.documents()} target="_blank"><Trans>All documents about data</Trans></Link>
    </p>
  )
}

/** What ends with the access of somebody, in the words of every dialog that ends it. */
import { Trans } from '@lingui/react/macro'
import styles from '../admin.module.css'

/** What does not come back with them. */
export function ForGood() {
  return (
    <p className={styles.reason}>
      <Trans>Ended for good, also when they are let in again: their sign-ins, addresses of files, links to join, passwords of address books and service tokens. Programs that use one of these tokens stop; make new ones.</Trans>
    </p>
  )
}

/** Of whoever is out already by a program's word alone. */
export function Own() {
  return <p><Trans>So far only a connected program has shut them out, and it may let them in again. From now on only people here do. The audit log records that you did this.</Trans></p>
}

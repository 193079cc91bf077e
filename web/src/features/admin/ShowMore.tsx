/** The way to the next page of a list, where there is one. */
import { Trans } from '@lingui/react/macro'
import { Button } from '~/ui/Button'
import styles from './admin.module.css'

interface Pages {
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => unknown
}

export function ShowMore({ of }: { of: Pages }) {
  if (!of.hasNextPage) return null
  return (
    <div className={styles.end}>
      <Button isPending={of.isFetchingNextPage} onPress={() => void of.fetchNextPage()}><Trans>Show more</Trans></Button>
    </div>
  )
}

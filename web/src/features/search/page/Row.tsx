/** One line of the page: a link where it leads somewhere, a button where it opens something here. */
import { useQueryClient } from '@tanstack/react-query'
import { Button, Link } from 'react-aria-components'
import type { MembersById } from '~/shell/members'
import { hrefOf, type Item } from '../items'
import { Line } from '../Line'
import { remember } from '../queries'
import { useOpen } from '../useOpen'
import styles from './SearchPage.module.css'

interface Props {
  item: Item
  slug: string
  words: string
  people: MembersById
}

export function Row({ item, slug, words, people }: Props) {
  const queries = useQueryClient()
  const open = useOpen(slug)
  const href = hrefOf(item, slug)
  const line = <Line item={item} words={words} people={people} hasKept />
  if (href === null) return <Button className={styles.row} onPress={() => open(item, words)}>{line}</Button>
  return <Link className={styles.row} href={href} onPress={() => void remember(queries, words)}>{line}</Link>
}

/** Says how many would be in the group, and names some of them, before anything is saved. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { Eye } from 'lucide-react'
import { call } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { PeopleGroupMadeBy } from '~/api/types'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Chip } from '~/ui/Chip'
import styles from '../admin.module.css'

interface Props {
  madeBy: PeopleGroupMadeBy
  group: string | undefined
  /** Says what is missing, as long as there is nothing to try. */
  onLacking: (() => void) | null
}

export function TryGroup({ madeBy, group, onLacking }: Props) {
  const { t } = useLingui()
  const textOf = useProblemText()
  const tried = useMutation({
    mutationFn: async (of: PeopleGroupMadeBy) => ({ of: JSON.stringify(of), answer: await call('post', '/v1/people-groups/preview', { body: { made_by: of, group_id: group ?? null } }) }),
  })
  // What was tried is not what stands here any more.
  const found = tried.data?.of === JSON.stringify(madeBy) ? tried.data.answer : undefined
  return (
    <section className={styles.preview} aria-label={t`Who would be in it`}>
      <div><Button icon={Eye} isPending={tried.isPending} onPress={onLacking ?? (() => tried.mutate(madeBy))}><Trans>See who would be in it</Trans></Button></div>
      <div role="status" className={styles.names}>
        {found && (
          <>
            <strong><Plural value={found.count} _0="Nobody" one="# person" other="# people" /></strong>
            {group !== undefined && (found.come > 0 || found.go > 0) && (
              <span><Plural value={found.come} one="# comes in" other="# come in" />, <Plural value={found.go} one="# goes out" other="# go out" /></span>
            )}
            {found.sample.length > 0 && <span className={styles.chips}>{found.sample.map((member) => <Chip key={member.id}><bdi>{member.name}</bdi></Chip>)}</span>}
            {found.count > found.sample.length && <small><Plural value={found.count - found.sample.length} one="and # more" other="and # more" /></small>}
          </>
        )}
      </div>
      {tried.isError && <Banner tone="bad" isAlert>{textOf(tried.error)}</Banner>}
    </section>
  )
}

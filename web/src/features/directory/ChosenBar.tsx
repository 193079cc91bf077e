/** What can be done with those who are chosen: talk to them, choose more of them, let them go. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { MessageCircle, UsersRound, X } from 'lucide-react'
import { useProblemText } from '~/api/problems'
import { useIsPhone } from '~/lib/useMedia'
import { beginWith } from '~/shell/begin'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import type { PeopleFilter } from '~/shell/people'
import { useSlug } from '~/shell/routes'
import { Button } from '~/ui/Button'
import { IconButton } from '~/ui/IconButton'
import { toast } from '~/ui/toast'
import styles from './ChosenBar.module.css'
import { everybodyOf, MOST_CHOSEN } from './queries'
import type { Chosen } from './useChosen'

const FACES = 5

interface Props {
  chosen: Chosen
  filter: PeopleFilter
  total: number
  onDone: () => void
}

export function ChosenBar({ chosen, filter, total, onDone }: Props) {
  const { t, i18n } = useLingui()
  const first = i18n.number(MOST_CHOSEN)
  const slug = useSlug()
  const router = useRouter()
  const isPhone = useIsPhone()
  const textOf = useProblemText()
  const members = [...chosen.people.values()]
  const only = members.length === 1 ? members[0] : undefined
  const readAll = useMutation({
    mutationFn: () => everybodyOf(filter),
    onSuccess: (everybody) => chosen.add(everybody),
    onError: (error) => toast(textOf(error), { tone: 'bad' }),
  })
  const begin = () => {
    if (only) router.history.push(links.chatWith(slug, only.id))
    else beginWith({ members, departments: [], groups: [] })
  }
  return (
    <div className={styles.bar} role="toolbar" aria-label={t`With the chosen people`}>
      <IconButton icon={X} size={isPhone ? 'touch' : 's'} label={t`Choose nobody`} keys="Esc" onPress={onDone} />
      {!isPhone && (
        <span className={styles.faces} aria-hidden="true">
          {members.slice(-FACES).map((member) => <MemberAvatar key={member.id} member={member} size={24} />)}
        </span>
      )}
      <span className={styles.count} role="status"><Plural value={members.length} one="# person chosen" other="# people chosen" /></span>
      <span className="grow" />
      {total > 1 && (
        <Button size={isPhone ? 'm' : 's'} variant="ghost" isPending={readAll.isPending} onPress={() => readAll.mutate()}>
          {total > MOST_CHOSEN ? <Trans>Choose the first {first}</Trans> : <Plural value={total} one="Choose all #" other="Choose all #" />}
        </Button>
      )}
      <Button size={isPhone ? 'm' : 's'} variant="primary" icon={only ? MessageCircle : UsersRound} isDisabled={members.length === 0} onPress={begin}>
        {only ? <Trans>Message</Trans> : <Trans>Start a group</Trans>}
      </Button>
    </div>
  )
}

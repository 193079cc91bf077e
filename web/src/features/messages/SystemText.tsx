/** What happened in a conversation, in one sentence. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { Fragment, type ReactNode } from 'react'
import type { Message, SystemBody } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { useMessages } from './context'
import { Name } from './names'

interface Props {
  message: Message
  body: SystemBody
  /** The names in it lead to the cards. */
  hasLinks?: boolean
}

/** Names of at most three people; the rest is counted. */
function useNames(ids: readonly string[], hasLinks: boolean): { names: ReactNode; more: number } {
  const { t, i18n } = useLingui()
  const { me } = useMessages()
  const shown = ids.slice(0, 3)
  const parts = new Intl.ListFormat(i18n.locale, { type: 'conjunction' }).formatToParts(shown)
  const names = parts.map(({ type, value }, place) => (
    <Fragment key={place}>{type === 'literal' ? value : value === me ? t`you` : <Name id={value} isLink={hasLinks} />}</Fragment>
  ))
  return { names: <>{names}</>, more: ids.length - shown.length }
}

export function SystemText({ message, body, hasLinks = false }: Props) {
  const { t } = useLingui()
  const { me } = useMessages()
  const who = message.author_id === me ? t`You` : <Name id={message.author_id} isLink={hasLinks} />
  const { names, more } = useNames(body.member_ids ?? [], hasLinks)
  const name = isolated(body.name ?? '')
  switch (body.event) {
    case 'created':
      return <Trans>{who} created the group</Trans>
    case 'added':
      return more > 0 ? (
        <Plural value={more} one={`${who} added ${names} and # other`} other={`${who} added ${names} and # others`} />
      ) : (
        <Trans>{who} added {names}</Trans>
      )
    case 'removed':
      return <Trans>{who} removed {names}</Trans>
    case 'left':
      return <Trans>{who} left the group</Trans>
    case 'renamed':
      return <Trans>{who} renamed the group to “{name}”</Trans>
    case 'transferred':
      return <Trans>{who} made {names} the owner</Trans>
    case 'dissolved':
      return <Trans>{who} dissolved the group</Trans>
    case 'history':
      return <Trans>{who} changed what new members can read</Trans>
  }
  return <Trans>Something changed here. Update to see what.</Trans>
}

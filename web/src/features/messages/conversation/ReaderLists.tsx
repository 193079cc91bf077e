/** The people who have read a message, and those who have not. */
import { Plural } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'react-aria-components'
import { links } from '~/shell/links'
import { MemberAvatar } from '~/shell/MemberAvatar'
import { QueryState } from '~/shell/QueryState'
import { useMessages, usePeople } from '../context'
import { readers } from '../queries'
import styles from './ReaderLists.module.css'

export function ReaderLists({ conversation, seq }: { conversation: string; seq: number }) {
  const answer = useQuery(readers(conversation, seq))
  return (
    <QueryState of={answer} skeleton={<div className={styles.waiting} />}>
      {(data) => (
        <div className={styles.columns}>
          <section>
            <h3 className={styles.head}><Plural value={data.read.length} one="# read" other="# read" /></h3>
            <PeopleList people={data.read.map((reader) => reader.member_id)} />
          </section>
          <section>
            <h3 className={styles.head}><Plural value={data.unread.length} one="# not yet" other="# not yet" /></h3>
            <PeopleList people={data.unread} />
          </section>
        </div>
      )}
    </QueryState>
  )
}

function PeopleList({ people }: { people: readonly string[] }) {
  const { slug } = useMessages()
  const known = usePeople(people)
  return (
    <ul className={styles.list}>
      {people.map((id) => {
        const person = known.get(id)
        return (
          <li key={id} className={styles.person}>
            {person ? (
              <Link className={styles.who} href={links.person(slug, id)}>
                <MemberAvatar member={person} size={24} />
                <span className="ellipsis" dir="auto">{person.name}</span>
              </Link>
            ) : '…'}
          </li>
        )
      })}
    </ul>
  )
}

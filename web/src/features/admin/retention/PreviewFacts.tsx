/** What another period would do, in numbers of what is really there and in words. */
import { Trans, useLingui } from '@lingui/react/macro'
import { ArrowDownRight, ArrowUpRight } from 'lucide-react'
import type { RetentionPreview } from '~/api/types'
import { bytes, day as dayName, moment, usual } from '~/lib/dates'
import { daysOf } from '~/shell/until'
import { useWords } from '~/shell/words'
import { Banner } from '~/ui/Banner'
import { Icon } from '~/ui/Icon'
import styles from './retention.module.css'

export function PreviewFacts({ of }: { of: RetentionPreview }) {
  const { t, i18n } = useLingui()
  const words = useWords()
  const isShorter = of.change === 'shorter'
  const number = (count: number) => count.toLocaleString(i18n.locale)
  const [from, to] = [<s key="from">{daysOf(of.from_days)}</s>, <b key="to">{daysOf(of.to_days)}</b>]
  const most = number(of.files)
  const at = of.takes_effect_at ? moment(of.takes_effect_at, i18n.locale) : ''
  const facts: [string, string][] = [
    [t`Messages`, of.is_estimate ? t`about ${number(of.messages)}` : number(of.messages)],
    [t`Files`, typeof of.file_bytes === 'number' ? `${number(of.files)} (${bytes(of.file_bytes, i18n.locale)})` : t`more than ${most}`],
    [t`Conversations`, typeof of.conversations === 'number' ? number(of.conversations) : t`too many to count now`],
    [t`People in them`, typeof of.people === 'number' ? number(of.people) : t`too many to count now`],
    ...of.kinds.map(({ kind, messages }): [string, string] => [kind === 'direct' ? t`Messages between two` : t`Messages in groups`, number(messages)]),
    ...(of.oldest_at ? [[t`The oldest is of`, dayName(of.oldest_at, i18n.locale)] satisfies [string, string]] : []),
  ]
  return (
    <section className={styles.preview} aria-label={t`What this would do`}>
      <p className={styles.turn}>
        <Icon icon={isShorter ? ArrowDownRight : ArrowUpRight} size={15} />
        <span>{isShorter ? <Trans>{from} becomes {to} from {at}</Trans> : <Trans>{from} becomes {to} once a second administrator approves</Trans>}</span>
      </p>
      <h3 className={styles.heading}>{isShorter ? t`What this would delete` : t`What this would keep longer`}</h3>
      <div className={styles.card}>
        <dl className={styles.facts}>
          {facts.map(([title, value]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        <Months of={of} />
        {of.is_estimate && <p className={styles.note}><Trans>There is so much that not every message was counted. The numbers of messages are estimates.</Trans></p>}
      </div>
      {isShorter ? (
        <Banner tone="warn"><Trans>It is deleted for everybody, once, and cannot be brought back. Until {at} nothing is deleted for it, and it can be taken back here. Owners are told.</Trans></Banner>
      ) : (
        <Banner tone="info"><Trans>This needs your password and a second administrator within 24 hours. Where there is no second one, it happens after 24 hours, and everybody can see it coming.</Trans></Banner>
      )}
      <h3 className={styles.heading}><Trans>What people read then</Trans></h3>
      <ul className={styles.told}>{of.told_otherwise.map((one) => <li key={one.en}>{words(one)}</li>)}</ul>
      <p className={styles.note}>
        {of.outgrown_versions.length === 0 ? (
          <Trans>For these purposes the privacy settings, the data map and the records of processing say the new period. The published documents name the periods there are and stay as they are; nobody has to accept the statement anew.</Trans>
        ) : (
          <Trans>The statement that {number(of.asked_anew)} people accepted does not say that it may be so long: they are asked anew.</Trans>
        )}
      </p>
    </section>
  )
}

/** By the month in which they were sent, as bars; for whoever does not see them a table says the same. */
function Months({ of }: { of: RetentionPreview }) {
  const { t, i18n } = useLingui()
  const name = (month: string) => new Intl.DateTimeFormat(usual(i18n.locale), { month: 'short', year: 'numeric', timeZone: 'UTC' }).format(new Date(month))
  const most = Math.max(1, ...of.months.map(({ messages }) => messages))
  const ends = [...new Set([of.months[0], of.months.at(-1)].flatMap((one) => one?.month ?? []))]
  if (of.months.length === 0) return null
  return (
    <>
      <div className={styles.bars} aria-hidden="true">
        {of.months.map(({ month, messages }) => <i key={month} data-change={of.change} title={`${name(month)}: ${messages.toLocaleString(i18n.locale)}`} style={{ blockSize: `${Math.max(3, (100 * messages) / most)}%` }} />)}
      </div>
      <p className={styles.ends} aria-hidden="true">{ends.map((month) => <time key={month} dateTime={month}>{name(month)}</time>)}</p>
      <table className="hidden-visually">
        <caption>{t`Messages by month`}</caption>
        <thead><tr><th scope="col"><Trans>Month</Trans></th><th scope="col"><Trans>Messages</Trans></th></tr></thead>
        <tbody>{of.months.map(({ month, messages }) => <tr key={month}><th scope="row">{name(month)}</th><td>{messages.toLocaleString(i18n.locale)}</td></tr>)}</tbody>
      </table>
    </>
  )
}

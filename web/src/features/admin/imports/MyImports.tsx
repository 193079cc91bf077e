/** The way back to the imports one began: how far each is, and until when. The page around it asked for them a moment ago. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from '~/api/client'
import type { ImportSummary } from '~/api/types'
import { untwisted } from '~/lib/bidi'
import { dayAndClock } from '~/lib/dates'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Button, ButtonLink } from '~/ui/Button'
import { Chip, type Tone } from '~/ui/Chip'
import { Table } from '~/ui/Table'
import admin from '../admin.module.css'
import styles from './imports.module.css'
import { myImports } from './queries'

export function MyImports() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const found = useInfiniteQuery(myImports())
  const rows = rowsOf<'/v1/imports'>(found.data)
  const states = useStates()
  if (found.error) {
    return <Banner tone="bad" isAlert action={<Button size="s" onPress={() => void found.refetch()}><Trans>Try again</Trans></Button>}><Trans>Your imports could not be read.</Trans></Banner>
  }
  if (rows.length === 0) return null
  const began = (one: ImportSummary) => dayAndClock(one.created_at, i18n.locale)
  const files = (one: ImportSummary) => one.file_names.map(untwisted).join(' · ')
  // Whether somebody got a password is told on the page of the import: the list only knows that there is a result.
  const until = (one: ImportSummary) => {
    const at = dayAndClock(one.expires_at, i18n.locale)
    return one.has_result ? t`result can be fetched until ${at}` : t`until ${at}`
  }
  return (
    <Section title={t`Your imports`} lead={t`Begun or written, and not forgotten yet. Only you see them.`}>
      <Table
        label={t`Your imports`}
        rows={rows}
        rowKey={(one) => one.id}
        columns={[
          { id: 'begun', title: t`Begun`, isHead: true, cell: (one) => <span className={styles.short}>{began(one)}</span> },
          { id: 'file', title: t`File`, cell: (one) => <span className={styles.file} title={files(one) || undefined}>{files(one) || '–'}</span> },
          { id: 'state', title: t`State`, cell: (one) => <span className={styles.short}><Chip tone={states[one.state].tone}>{states[one.state].word}</Chip></span> },
          { id: 'until', title: t`Kept`, cell: until },
          {
            id: 'open',
            title: t`Open`,
            isTitleHidden: true,
            cell: (one) => <ButtonLink size="s" href={links.import(slug, one.id)} aria-label={one.has_result ? t`Fetch the result of the import of ${began(one)}` : t`Open the import of ${began(one)}`}>{one.has_result ? <Trans>Fetch the result</Trans> : <Trans>Open</Trans>}</ButtonLink>,
          },
        ]}
      />
      {found.hasNextPage && (
        <div className={admin.end}>
          <Button isPending={found.isFetchingNextPage} onPress={() => void found.fetchNextPage()}><Trans>Show more</Trans></Button>
        </div>
      )}
    </Section>
  )
}

function useStates(): Record<ImportSummary['state'], { tone: Tone; word: string }> {
  const { t } = useLingui()
  return {
    receiving: { tone: 'plain', word: t`being uploaded` },
    ready: { tone: 'warn', word: t`tried, not written` },
    queued: { tone: 'info', word: t`being written` },
    writing: { tone: 'info', word: t`being written` },
    undoing: { tone: 'info', word: t`being undone` },
    done: { tone: 'ok', word: t`written` },
    failed: { tone: 'bad', word: t`not written` },
  }
}

/** The text of a document: since when it holds and for whom, then its sections. Key clauses are bold (DOC-08, DOC-10). */
import { Trans, useLingui } from '@lingui/react/macro'
import { Fragment } from 'react'
import type { PrivacyBlock, PrivacyDocument } from '~/api/types'
import { day } from '~/lib/dates'
import { organisationName } from '~/lib/names'
import { useSession } from '~/shell/session'
import { Table } from '~/ui/Table'
import styles from './Documents.module.css'

/** The text comes after the address: whoever was led to a section is taken there once it stands. */
function toHash(node: HTMLElement | null) {
  if (node !== null && location.hash === `#${node.id}`) node.scrollIntoView()
}

export function DocumentText({ of }: { of: PrivacyDocument }) {
  const { i18n } = useLingui()
  return (
    <article className={styles.text} lang={of.language}>
      <h1>{of.title}</h1>
      <p className={styles.meta}>
        <Trans>Version {of.version}, in force since {day(of.effective_at, i18n.locale)}</Trans>
        {' · '}
        <Trans>released {day(of.released_at, i18n.locale)}, the first version {day(of.issued_at, i18n.locale)}</Trans>
        <Issuer address={of.address} />
        {of.language !== 'zh-CN' && <><br /><Trans>Where the texts differ, the simplified Chinese one holds.</Trans></>}
      </p>
      {of.sections.map((section) => (
        <section key={section.id} id={section.id} ref={toHash}>
          <h2>{section.heading}</h2>
          {section.blocks.map((block, place) => <Block key={place} of={block} label={section.heading} />)}
        </section>
      ))}
    </article>
  )
}

/** Whoever is signed in is told by name who answers for the document: the organisations they belong to. */
function Issuer({ address }: { address: string }) {
  const { i18n } = useLingui()
  const names = useSession()?.organisations.map((place) => organisationName(place, i18n.locale)).join(' · ') ?? ''
  return (
    <>
      <br />
      {names === '' ? <Trans>Issued by the organisation you belong to, for the server {address}</Trans> : <Trans>Issued by {names}, for the server {address}</Trans>}
    </>
  )
}

function Block({ of, label }: { of: PrivacyBlock; label: string }) {
  if (of.kind === 'paragraph') {
    return <p>{of.runs.map((run, place) => (run.is_key ? <strong key={place}>{run.text}</strong> : <Fragment key={place}>{run.text}</Fragment>))}</p>
  }
  const columns = of.columns.map((title, place) => ({ id: title, title, isHead: place === 0, cell: (row: string[]) => row[place] ?? '' }))
  return <Table label={label} columns={columns} rows={of.rows} rowKey={(row) => row.join('|')} />
}

/** What an import would do, what is wrong, and the decision. */
import { Plural, Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { call, markStale } from '~/api/client'
import { hasCode } from '~/api/error'
import { useProblemText } from '~/api/problems'
import type { Import } from '~/api/types'
import { links } from '~/shell/links'
import { Section } from '~/shell/Page'
import { useProof } from '~/shell/ProveAgain'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { CountCards } from './CountCards'
import { DepartmentsTable } from './DepartmentsTable'
import { LeaversDialog } from './LeaversDialog'
import { Lists } from './Lists'
import { PeopleTable } from './PeopleTable'
import { ProblemList } from './ProblemList'
import styles from './imports.module.css'
import { importKeys, importOf } from './queries'
import { useFailure } from './words'

export function DryRun({ of }: { of: Import }) {
  const { t } = useLingui()
  const slug = useSlug()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const failure = useFailure()
  const { counts, problems } = of.report
  const [severity, setSeverity] = useState(problems[0]?.severity ?? 'error')
  const list = useRef<HTMLElement>(null)
  const second = useRef<HTMLElement>(null)
  const showWrong = () => {
    setSeverity('error')
    goTo(list.current)
  }
  const left = counts.left ?? 0
  const othersLeave = of.lists.some((one) => one.mapping.others_leave === true)
  const [asks, setAsks] = useState(false)
  const proof = useProof()
  const confirm = useMutation({
    mutationFn: () => call('post', '/v1/imports/{import}/confirm', { path: { import: of.id }, body: { leaves_out_wrong_rows: counts.wrong > 0, lets_many_leave: of.report.many_leave === true } }),
    onSuccess: () => markStale(queries, importKeys()),
    onError: (error) => proof.ask(error, () => confirm.mutate()),
    onSettled: () => setAsks(false),
  })
  const discard = useMutation({
    mutationFn: () => call('delete', '/v1/imports/{import}', { path: { import: of.id } }),
    onSuccess: async () => {
      await navigate({ to: links.admin(slug, 'people') })
      queries.removeQueries({ queryKey: importOf(of.id).queryKey })
    },
  })
  const error = (hasCode(confirm.error, 'identity.prove_again') ? null : confirm.error) ?? discard.error
  const does = counts.created + counts.invited + counts.changed + counts.moved + left + counts.departments_created + counts.departments_changed
  const isEmpty = counts.rows === 0 && of.lists.some((one) => one.mapping.kind === 'people')
  return (
    <>
      {of.state === 'failed' && <div className={styles.said}><Banner tone="bad" isAlert>{of.code === 'identity.import_outdated' ? <Trans>Somebody changed something in the meantime. Nothing was written; below is what would happen now.</Trans> : of.code === 'hosting.people_limit' ? <Trans>There are as many people here as whoever runs this server lets your organisation have. Ask them for more.</Trans> : <Trans>Nothing was written: {failure(of.code ?? '')}</Trans>}</Banner></div>}
      {error && <div className={styles.said}><Banner tone="bad" isAlert>{problemText(error)}</Banner></div>}
      <Section title={t`What would happen`} lead={t`Nothing is written yet.`}>
        {does === 0 && <p className={styles.quiet}>{isEmpty ? <Trans>No people were found in the file. Below stands which sheet was read, and which row was taken for its titles.</Trans> : <Trans>Nothing would change.</Trans>}</p>}
        <CountCards counts={counts} onWrong={showWrong} />
        <div className={styles.actions}>
          {does > 0 && (
            <Button variant="primary" isDisabled={othersLeave && counts.wrong > 0} isPending={confirm.isPending} onPress={() => (left > 0 ? setAsks(true) : confirm.mutate())}>
              {counts.wrong > 0 ? <Plural value={counts.wrong} one="Import without # wrong row" other="Import without # wrong rows" /> : <Trans>Import</Trans>}
            </Button>
          )}
          <Button isPending={discard.isPending} onPress={() => discard.mutate()}><Trans>Throw away</Trans></Button>
        </div>
        {othersLeave && counts.wrong > 0 && <p className={styles.quiet}><Trans>While people who are not in the list leave, no row can be left out: correct the wrong ones first.</Trans></p>}
      </Section>
      {asks && <LeaversDialog count={left} isMany={of.report.many_leave === true} isPending={confirm.isPending} onClose={() => setAsks(false)} onConfirm={() => confirm.mutate()} />}
      {proof.dialog}
      {problems.length > 0 && <ProblemList anchor={list} id={of.id} lists={of.lists} counts={problems} severity={severity} onSeverity={setSeverity} onSecond={() => goTo(second.current)} />}
      <PeopleTable key={`${of.id} ${JSON.stringify(counts)}`} id={of.id} counts={counts} />
      {counts.departments_created + counts.departments_changed > 0 && <DepartmentsTable id={of.id} />}
      <Lists of={of} second={second} />
    </>
  )
}

/** Another part of the page: into sight, and the focus with it. */
function goTo(part: HTMLElement | null) {
  part?.scrollIntoView({ block: 'start' })
  part?.focus({ preventScroll: true })
}

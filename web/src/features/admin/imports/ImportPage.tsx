/** The beginning of an import: a spreadsheet is dropped or chosen. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Download } from 'lucide-react'
import { hasCode } from '~/api/error'
import { saveFile } from '~/lib/saveFile'
import { links } from '~/shell/links'
import { ErrorPart } from '~/shell/ErrorPage'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { useSlug } from '~/shell/routes'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Skeleton } from '~/ui/Skeleton'
import { csvOf } from './csv'
import { DropFile } from './DropFile'
import { MyImports } from './MyImports'
import styles from './imports.module.css'
import { myImports, upload } from './queries'
import { useFieldNames, useUploadProblem } from './words'

export function ImportPage() {
  const { t } = useLingui()
  const slug = useSlug()
  // The list is refused to whom an import is: both need the same permissions, everywhere.
  const { error: refusal, isFetched } = useInfiniteQuery({ ...myImports(), staleTime: 0 })
  return (
    <>
      <PageTitle>{t`Import people`}</PageTitle>
      <PageHead
        title={t`Import people`}
        lead={t`From the spreadsheet you have: WeCom, DingTalk, Feishu, or one of your own. Nothing is written before you have seen what would happen.`}
        back={links.admin(slug, 'people')}
        width="narrow"
      />
      <PageBody>
        {hasCode(refusal, 'forbidden') ? <ErrorPart error={refusal} /> : isFetched ? <Beginning /> : <Skeleton kind="form" rows={3} />}
      </PageBody>
    </>
  )
}

/** Stays while the list is asked for anew: a file may be on its way. */
function Beginning() {
  const slug = useSlug()
  const navigate = useNavigate()
  const problemText = useUploadProblem()
  const send = useMutation({
    mutationFn: (file: File) => upload(file),
    onSuccess: (begun) => navigate({ to: links.import(slug, begun.id) }),
  })
  return (
    <>
      {send.error && <div className={`${styles.said} ${styles.begin}`}><Banner tone="bad" isAlert>{problemText(send.error, send.variables)}</Banner></div>}
      <div className={styles.begin}>
        <DropFile isPending={send.isPending} onFile={(file) => send.mutate(file)}>
          <Trans>XLSX, XLS or CSV, at most 32 MB. Lists of people and lists of departments.</Trans>
        </DropFile>
      </div>
      <MyImports />
      <Templates />
      <p className={`${styles.quiet} ${styles.begin}`}><Trans>What you upload is sealed and forgotten after 24 hours at the latest; initial passwords 24 hours after they were made.</Trans></p>
    </>
  )
}

function Templates() {
  const { t } = useLingui()
  const names = useFieldNames()
  const people = [names.name, names.user_id, names.phone, names.email, names.departments, names.position, names.staff_number]
  const save = () => saveFile(csvOf(people), t`people.csv`)
  return (
    <Section title={t`No spreadsheet yet?`} lead={t`Fill in the template: one row for each person, departments as Research/Backend, several separated by a semicolon.`}>
      <Button icon={Download} onPress={save}><Trans>Download the template</Trans></Button>
    </Section>
  )
}

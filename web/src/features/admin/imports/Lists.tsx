/** The lists of an import: what their columns are, and a second list beside the first. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { call, markStale } from '~/api/client'
import { useProblemText } from '~/api/problems'
import type { Import, ImportMapping } from '~/api/types'
import { Section } from '~/shell/Page'
import { Banner } from '~/ui/Banner'
import { Skeleton } from '~/ui/Skeleton'
import { DropFile } from './DropFile'
import { MappingTable } from './MappingTable'
import { PathFields } from './PathFields'
import { importKeys, upload } from './queries'

export function Lists({ of }: { of: Import }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const problemText = useProblemText()
  const again = () => markStale(queries, importKeys())
  const change = useMutation({
    mutationFn: (body: ImportMapping) => call('put', '/v1/imports/{import}/mapping', { path: { import: of.id }, body }),
    onSuccess: again,
  })
  const add = useMutation({ mutationFn: (file: File) => upload(file, of.id), onSuccess: again })
  const error = change.error ?? add.error
  return (
    <>
      {error && <Banner tone="bad" isAlert>{problemText(error)}</Banner>}
      {of.lists.map((list) => (
        <Section
          key={list.mapping.kind}
          title={list.mapping.kind === 'people' ? t`Columns of the list of people` : t`Columns of the list of departments`}
          lead={t`The titles stand in row ${list.mapping.header_row}. What is wrongly understood can be changed here.`}
        >
          {change.isPending ? <Skeleton kind="table" /> : <MappingTable list={list} onChange={(mapping) => change.mutate(mapping)} />}
          {list.mapping.kind === 'people' && list.mapping.fields.includes('departments') && (
            <PathFields key={JSON.stringify(list.mapping)} mapping={list.mapping} isPending={change.isPending} onChange={(mapping) => change.mutate(mapping)} />
          )}
        </Section>
      ))}
      {of.lists.length < 2 && (
        <Section title={of.lists[0]?.mapping.kind === 'departments' ? t`Add the list of people` : t`Add the list of departments`} lead={t`Some products export two lists, in which departments go by numbers.`}>
          <DropFile isPending={add.isPending} onFile={(file) => add.mutate(file)}><Trans>Both are read together.</Trans></DropFile>
        </Section>
      )}
    </>
  )
}

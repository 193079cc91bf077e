/** Who may speak with peers: nobody, everyone, or departments, groups and people one names (XORG-03). */
import { Trans, useLingui } from '@lingui/react/macro'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { CheckboxGroup, Label } from 'react-aria-components'
import { call, etagOf, markStale, rowsOf } from '~/api/client'
import { hasCode } from '~/api/error'
import type { PeerSpeakers } from '~/api/types'
import { DepartmentsField } from '~/shell/DepartmentsField'
import { QueryState } from '~/shell/QueryState'
import { TheirChanges } from '~/shell/TheirChanges'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Checkbox } from '~/ui/Checkbox'
import { Form } from '~/ui/Form'
import { RadioCards } from '~/ui/RadioCards'
import { Skeleton } from '~/ui/Skeleton'
import { toast } from '~/ui/toast'
import styles from '../admin.module.css'
import { PeopleField } from '../peopleGroups/PeopleField'
import { peerKeys, peerSpeakers, peopleGroups } from '../queries'
import { ShowMore } from '../ShowMore'
import { useSpeakerLines, useWhomNames } from './speakerLines'
import { chosenOf, isSameAs, speakersOf } from './speakers'

export function SpeakersSection() {
  const found = useQuery(peerSpeakers())
  return <QueryState of={found} skeleton={<Skeleton kind="form" rows={2} />}>{(of) => <Speakers of={of} />}</QueryState>
}

const valuesOf = (of: PeerSpeakers) => chosenOf(of.speakers)

function Speakers({ of }: { of: PeerSpeakers }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const form = useForm(valuesOf(of), { speakers: 'whom' })
  const { values, set, errors } = form
  const { before, isOthers, take, settle } = useTheirs(of, valuesOf, form)
  const whom = useWhomNames()
  const lines = useSpeakerLines(before, of)
  const isChanged = !isSameAs(values, of.speakers)
  // Whoever is not in the middle of something just has the newest.
  if (!isChanged && isOthers) settle(of)
  useUnsaved(isChanged)
  const save = useMutation({
    mutationFn: () => call('put', '/v1/peer-speakers', { body: { speakers: speakersOf(values) } }, { seen: etagOf(of) }),
    onSuccess: async (now) => {
      settle(now)
      toast(t`Saved`)
      await markStale(queries, peerKeys())
    },
    onError: async (error) => {
      form.fail(error)
      // The next try is about what the other one left.
      if (hasCode(error, 'directory.changed_meanwhile')) await markStale(queries, peerKeys())
    },
  })
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    if (values.whom === 'some' && speakersOf(values).length === 0) return form.refuse('whom', t`Choose at least one department, group or person.`)
    save.mutate()
  }
  return (
    <Form className={styles.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {isOthers && isChanged && lines.length > 0 && <TheirChanges lines={lines} onTake={take} />}
      <RadioCards
        label={t`Who may speak with peers`}
        isLabelHidden
        value={values.whom}
        onChange={(next) => set('whom', next)}
        errorMessage={errors.whom}
        cards={[
          { id: 'nobody', title: whom.nobody },
          { id: 'some', title: whom.some },
          { id: 'everyone', title: whom.everyone },
        ]}
      />
      {values.whom === 'some' && (
        <>
          <DepartmentsField label={t`Departments, with those below`} value={values.departments} onChange={(ids) => set('departments', ids)} />
          <GroupsField value={values.groups} onChange={(ids) => set('groups', ids)} />
          <PeopleField label={t`People`} value={values.people} onChange={(ids) => set('people', ids)} />
        </>
      )}
      <div className={styles.save}>
        <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={save.isPending}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}

function GroupsField({ value, onChange }: { value: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useLingui()
  const found = useInfiniteQuery(peopleGroups(''))
  const groups = rowsOf<'/v1/people-groups'>(found.data)
  // What is not among those one sees can only be let go of.
  const unseen = found.data === undefined || found.hasNextPage ? [] : value.filter((id) => groups.every((one) => one.id !== id))
  if (groups.length === 0 && unseen.length === 0) return null
  return (
    <div>
      <CheckboxGroup value={value} onChange={onChange}>
        <Label className={styles.legend}><Trans>Directory groups</Trans></Label>
        <div className={styles.departments}>
          {unseen.map((id) => <Checkbox key={id} value={id}>{t`A group you do not see`}</Checkbox>)}
          {groups.map((one) => <Checkbox key={one.id} value={one.id}><bdi>{one.name}</bdi></Checkbox>)}
        </div>
      </CheckboxGroup>
      <ShowMore of={found} />
    </div>
  )
}

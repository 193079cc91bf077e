/** How the organisation's house looks to its people: a short name, a logo, an accent that can be read. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import type { CSSProperties } from 'react'
import type { Brand } from '~/api/types'
import { brand as brandQuery } from '~/shell/brand'
import { Section } from '~/shell/Page'
import { QueryState } from '~/shell/QueryState'
import { differing, TheirChanges } from '~/shell/TheirChanges'
import { useUnsaved } from '~/shell/unsaved'
import { useForm } from '~/shell/useForm'
import { useTheirs } from '~/shell/useTheirs'
import { Banner } from '~/ui/Banner'
import { Button } from '~/ui/Button'
import { Form } from '~/ui/Form'
import { Skeleton } from '~/ui/Skeleton'
import { TextField } from '~/ui/TextField'
import admin from '../admin.module.css'
import { isSameColour } from './colour'
import { ColourField } from './ColourField'
import { LogoField } from './LogoField'
import styles from './brand.module.css'
import { useBrandChange } from './useBrandChange'

export function BrandSection() {
  const { t } = useLingui()
  const found = useQuery(brandQuery())
  return (
    <Section title={t`Look of the organisation`}>
      <QueryState of={found} skeleton={<Skeleton kind="form" rows={3} />}>
        {(of) => of.can.edit && <BrandForm of={of} />}
      </QueryState>
    </Section>
  )
}

const valuesOf = (of: Brand) => ({ name: of.name ?? '', accent: of.accent ?? '' })

function BrandForm({ of }: { of: Brand }) {
  const { t } = useLingui()
  const form = useForm(valuesOf(of))
  const { values, bind, set } = form
  const { save } = useBrandChange(of)
  const { before, isOthers, take, settle } = useTheirs(of, valuesOf, form)
  const isChanged = values.name.trim() !== (of.name ?? '') || !isSameColour(values.accent, of.accent ?? '')
  // Whoever is not in the middle of something just has the newest.
  if (!isChanged && isOthers) settle(of)
  useUnsaved(isChanged)
  const lines = differing([
    { id: 'name', label: t`Display name`, value: of.name ?? '', was: before.name, is: of.name },
    { id: 'accent', label: t`Accent`, value: of.accent ?? '', was: before.accent, is: of.accent },
  ])
  const submit = (event: { preventDefault: () => void }) => {
    event.preventDefault()
    form.begin()
    save.mutate({ name: values.name.trim(), accent: values.accent.trim() }, { onError: form.fail, onSuccess: settle })
  }
  return (
    <Form className={admin.form} onSubmit={submit}>
      {form.problem !== null && <Banner tone="bad" isAlert>{form.problem}</Banner>}
      {isChanged && lines.length > 0 && <TheirChanges lines={lines} onTake={take} />}
      <LogoField of={of} />
      <TextField {...bind('name')} label={t`Display name`} maxLength={24} description={t`Stands at the top and in the window's title instead of the full name. At most 24 characters.`} />
      <ColourField {...bind('accent')} onClear={() => set('accent', '')} />
      <div className={styles.samples} aria-hidden="true">
        <Sample theme="light" accent={values.accent} />
        <Sample theme="dark" accent={values.accent} />
      </div>
      <div className={admin.save}>
        <Button type="submit" variant="primary" isDisabled={!isChanged} isPending={save.isPending}><Trans>Save</Trans></Button>
      </div>
    </Form>
  )
}

/** What the accent makes of a button, a link and what is chosen. */
function Sample({ theme, accent }: { theme: 'light' | 'dark'; accent: string }) {
  const isColour = /^#[0-9a-f]{6}$/i.test(accent.trim())
  const colour: Record<string, string> = isColour ? { '--brand': accent.trim() } : {}
  const style: CSSProperties = colour
  return (
    <div className={styles.sample} data-theme={theme} data-brand={isColour ? '' : undefined} style={style}>
      <span className={styles.button}><Trans>Send</Trans></span>
      <span className={styles.link}><Trans>A link</Trans></span>
      <span className={styles.chosen}><Trans>Chosen</Trans></span>
    </div>
  )
}

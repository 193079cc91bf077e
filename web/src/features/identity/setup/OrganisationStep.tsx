/** Who the organisation is and who speaks for it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMemo } from 'react'
import { regions, timeZones } from '~/lib/places'
import { useIndustries } from '~/shell/industries'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import { BROWSERS_ZONE, type SetUpForm } from './form'
import styles from './steps.module.css'

export function OrganisationStep({ form }: { form: SetUpForm }) {
  const { t, i18n } = useLingui()
  const { values, bind } = form
  const places = useMemo(() => ({ regions: regions('', i18n.locale), zones: timeZones(BROWSERS_ZONE, i18n.locale) }), [i18n.locale])
  return (
    <div className={styles.step}>
      <h1 className={styles.title}><Trans>Your organisation</Trans></h1>
      <p className={styles.lead}><Trans>It decides why and how its data on this server is used. Everybody you invite sees this name.</Trans></p>
      <div className={styles.fields}>
        <div className={styles.pair}>
          <TextField {...bind('name_zh')} label={t`Name in Chinese`} size="l" autoComplete="organization" autoFocus />
          <TextField {...bind('name_en')} label={t`Name in English`} size="l" description={t`One of the two is enough.`} />
        </div>
        <div className={styles.pair}>
          <Select {...bind('region')} label={t`Region`} size="l" choices={places.regions} />
          <Select {...bind('industry')} value={values.industry || null} label={t`Industry`} size="l" choices={useIndustries()} placeholder={t`Choose`} />
        </div>
        <Select {...bind('time_zone')} label={t`Time zone`} size="l" choices={places.zones} />
        <div className={styles.group}>
          <h2><Trans>Contact</Trans></h2>
          <p><Trans>Whom people ask about their data. Only administrators see phone and e-mail.</Trans></p>
          <TextField {...bind('contact_name')} label={t`Contact name`} size="l" autoComplete="name" />
          <div className={styles.pair}>
            <TextField {...bind('contact_phone')} label={t`Phone`} size="l" type="tel" autoComplete="tel" />
            <TextField {...bind('contact_email')} label={t`E-mail`} size="l" type="email" autoComplete="email" />
          </div>
        </div>
      </div>
    </div>
  )
}

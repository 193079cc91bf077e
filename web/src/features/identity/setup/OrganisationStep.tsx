/** Who the organisation is and who speaks for it. */
import { Trans, useLingui } from '@lingui/react/macro'
import { REGIONS, regionName, timeZoneName, timeZones } from '~/lib/places'
import { useIndustries } from '~/shell/industries'
import { Select } from '~/ui/Select'
import { TextField } from '~/ui/TextField'
import type { SetUpForm } from './form'
import styles from './steps.module.css'

export function OrganisationStep({ form }: { form: SetUpForm }) {
  const { t, i18n } = useLingui()
  const { values, bind } = form
  return (
    <div className={styles.step}>
      <h1 className={styles.title}><Trans>Your organisation</Trans></h1>
      <p className={styles.lead}><Trans>It decides why and how the data on this server is used. Everybody you invite sees this name.</Trans></p>
      <div className={styles.fields}>
        <div className={styles.pair}>
          <TextField {...bind('name_zh')} label={t`Name in Chinese`} size="l" autoComplete="organization" autoFocus />
          <TextField {...bind('name_en')} label={t`Name in English`} size="l" description={t`One of the two is enough.`} />
        </div>
        <div className={styles.pair}>
          <Select {...bind('region')} label={t`Region`} size="l" choices={REGIONS.map((id) => ({ id, label: regionName(id, i18n.locale) }))} />
          <Select {...bind('industry')} value={values.industry || null} label={t`Industry`} size="l" choices={useIndustries()} placeholder={t`Choose`} />
        </div>
        <Select {...bind('time_zone')} label={t`Time zone`} size="l" choices={timeZones(values.time_zone).map((id) => ({ id, label: timeZoneName(id, i18n.locale) }))} />
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

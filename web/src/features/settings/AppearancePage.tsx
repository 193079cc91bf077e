/** Language, theme and density: kept in preference cookies on this device. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Monitor, Moon, Rows3, Rows4, Sun } from 'lucide-react'
import { call, keyOf, WHATEVER } from '~/api/client'
import type { Language } from '~/api/types'
import { chooseLanguage, isLanguage, LANGUAGES } from '~/shell/language'
import { links } from '~/shell/links'
import { PageBody, PageHead, Section } from '~/shell/Page'
import { PageTitle } from '~/shell/PageTitle'
import { setDensity, setTheme, usePreferences } from '~/shell/preferences'
import { useSlug } from '~/shell/routes'
import { RadioCards } from '~/ui/RadioCards'
import { Segmented } from '~/ui/Segmented'
import styles from './settings.module.css'

export function AppearancePage() {
  const { t, i18n } = useLingui()
  const slug = useSlug()
  const queries = useQueryClient()
  const { theme, density } = usePreferences()
  const tell = useMutation({
    mutationFn: (language: Language) => call('patch', '/v1/me', { body: { language } }, { seen: WHATEVER }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keyOf('/v1/me') }),
  })
  const choose = async (language: Language) => {
    await chooseLanguage(language)
    tell.mutate(language)
  }
  return (
    <>
      <PageTitle>{t`Look and language`}</PageTitle>
      <PageHead title={t`Look and language`} lead={t`The look is kept on this device. The language is also kept with your account, for messages the server sends you.`} back={links.me(slug)} />
      <PageBody width="narrow">
        <Section>
          <div className={styles.choices}>
            <RadioCards
              label={t`Language`}
              cards={LANGUAGES.map(({ id, name }) => ({ id, title: name }))}
              value={isLanguage(i18n.locale) ? i18n.locale : 'en'}
              onChange={(language) => void choose(language)}
            />
            <div className={styles.choice}>
              <h2><Trans>Theme</Trans></h2>
              <Segmented
                label={t`Theme`}
                value={theme}
                onChange={setTheme}
                views={[
                  { id: 'system', label: t`As the system`, icon: Monitor },
                  { id: 'light', label: t`Light`, icon: Sun },
                  { id: 'dark', label: t`Dark`, icon: Moon },
                ]}
              />
            </div>
            <div className={styles.choice}>
              <h2><Trans>Density</Trans></h2>
              <Segmented
                label={t`Density`}
                value={density}
                onChange={setDensity}
                views={[
                  { id: 'normal', label: t`Normal`, icon: Rows3 },
                  { id: 'compact', label: t`Compact`, icon: Rows4 },
                ]}
              />
            </div>
          </div>
        </Section>
      </PageBody>
    </>
  )
}

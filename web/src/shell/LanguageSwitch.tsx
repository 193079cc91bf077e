/** The three languages, each by its own name. */
import { useLingui } from '@lingui/react/macro'
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components'
import { chooseLanguage, LANGUAGES } from './language'
import styles from './LanguageSwitch.module.css'

export function LanguageSwitch({ tone = 'plain' }: { tone?: 'plain' | 'wall' }) {
  const { t, i18n } = useLingui()
  return (
    <ToggleButtonGroup
      className={styles.group}
      data-tone={tone}
      aria-label={t`Language`}
      disallowEmptySelection
      selectedKeys={[i18n.locale]}
      onSelectionChange={(keys) => {
        const chosen = LANGUAGES.find((language) => keys.has(language.id))
        if (chosen) void chooseLanguage(chosen.id)
      }}
    >
      {LANGUAGES.map((language) => (
        <ToggleButton key={language.id} id={language.id} className={styles.language} lang={language.id} aria-label={language.name}>
          {language.short}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  )
}

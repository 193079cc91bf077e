/** What stands around the console: whose it is, the language, the theme, and the way out. */
import { Trans, useLingui } from '@lingui/react/macro'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { LogOut, Moon, Sun } from 'lucide-react'
import type { ReactNode } from 'react'
import { call } from '~/api/client'
import { hasStatus } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { useMedia } from '~/lib/useMedia'
import { LanguageSwitch } from '~/shell/LanguageSwitch'
import { setTheme, usePreferences } from '~/shell/preferences'
import { IconButton } from '~/ui/IconButton'
import { Logo } from '~/ui/Logo'
import { toast } from '~/ui/toast'
import styles from './operator.module.css'
import { leave, OUTSIDE } from './queries'

export function OperatorFrame({ name, children }: { name: string | null; children: ReactNode }) {
  const { t } = useLingui()
  const queries = useQueryClient()
  const textOf = useProblemText()
  const theme = usePreferences((all) => all.theme)
  const isNight = useMedia('(prefers-color-scheme: dark)')
  const isDark = theme === 'system' ? isNight : theme === 'dark'
  const signOut = useMutation({
    mutationFn: () => call('delete', '/v1/operator/session', {}, OUTSIDE),
    onSuccess: () => leave(queries),
    // Whose sign-in was over already is out.
    onError: (error) => !hasStatus(error, 401) && toast(`${t`You are still signed in.`} ${textOf(error)}`, { tone: 'bad' }),
  })
  return (
    <div className={styles.frame}>
      <header className={styles.bar}>
        <Logo size={26} tone="accent" />
        <span className="grow ellipsis"><Trans>Operator's console</Trans></span>
        {name !== null && <span className={`${styles.who} ellipsis`}>{name}</span>}
        <LanguageSwitch />
        {isDark ? <IconButton icon={Sun} label={t`Light`} onPress={() => setTheme('light')} /> : <IconButton icon={Moon} label={t`Dark`} onPress={() => setTheme('dark')} />}
        {name !== null && <IconButton icon={LogOut} label={t`Sign out`} onPress={() => signOut.mutate()} />}
      </header>
      <main tabIndex={-1} className={styles.main}>{children}</main>
    </div>
  )
}

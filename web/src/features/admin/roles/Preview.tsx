/** What giving a role would open, or why it is refused. */
import { plural } from '@lingui/core/macro'
import { Trans, useLingui } from '@lingui/react/macro'
import type { RolePreview } from '~/api/types'
import { isolated } from '~/lib/bidi'
import { AskAdministrator } from '~/shell/AskAdministrator'
import { Banner } from '~/ui/Banner'
import { Chip } from '~/ui/Chip'
import styles from '../admin.module.css'
import { usePermissionWords, useRefusalWords } from './words'

export function Preview({ name, preview }: { name: string; preview: RolePreview }) {
  const { t } = useLingui()
  const words = usePermissionWords()
  const refusals = useRefusalWords()
  const who = isolated(name)
  const reach = plural(preview.people, { one: '# person', other: '# people' })
  if (preview.refusal) return <Banner tone="warn" isAlert>{refusals[preview.refusal]} <AskAdministrator look="link" topic="access" /></Banner>
  return (
    <div className={styles.preview} role="status">
      <p>{preview.opens.length === 0 ? <Trans>{who} can do all of this already.</Trans> : <Trans>{who} can then, for {reach}:</Trans>}</p>
      <ul className={styles.chips} aria-label={t`What it opens`}>
        {preview.opens.map((permission) => (
          <li key={permission}><Chip tone="accent">{words[permission].label}</Chip></li>
        ))}
      </ul>
      {preview.needs_second && <p><Trans>This needs your password and a second administrator within 24 hours. Where there is no second one, it happens after 24 hours, and everybody can see it coming.</Trans></p>}
    </div>
  )
}

/** A few files of everyday, and what would become of each under these rules. */
import { Trans, useLingui } from '@lingui/react/macro'
import { CircleCheck, CircleX } from 'lucide-react'
import type { FilePolicy } from '~/api/types'
import { bytes } from '~/lib/dates'
import { Banner } from '~/ui/Banner'
import { Chip } from '~/ui/Chip'
import { UNITS, type Verdict, verdict } from './policy'
import styles from './files.module.css'

export function Preview({ rules }: { rules: FilePolicy }) {
  const { t, i18n } = useLingui()
  const samples: [string, string, number][] = [
    [t`A photo`, 'IMG_2041.jpg', 4 * UNITS.MiB],
    [t`A presentation`, 'plan.pptx', 60 * UNITS.MiB],
    [t`A program`, 'setup.exe', 120 * UNITS.MiB],
    [t`An archive`, 'drawings.zip', 900 * UNITS.MiB],
    [t`A long film`, 'site.mp4', 6 * UNITS.GiB],
  ]
  const words: Record<Verdict, string> = { taken: t`is taken`, too_large: t`is too large`, refused: t`is refused for its ending`, no_room: t`has no room` }
  const used = bytes(rules.used_bytes, i18n.locale)
  return (
    <section className={styles.preview} aria-label={t`What this means`}>
      <h3 className={styles.heading}><Trans>What this means</Trans></h3>
      <ul className={styles.samples} aria-live="polite">
        {samples.map(([what, name, size]) => {
          const judged = verdict(rules, name, size)
          return (
            <li key={name} className={styles.sample}>
              <span className="grow">{what} <span className={styles.detail}>{name} · {bytes(size, i18n.locale)}</span></span>
              {judged === 'taken' ? <Chip tone="ok" icon={CircleCheck}>{words.taken}</Chip> : <Chip tone="bad" icon={CircleX}>{words[judged]}</Chip>}
            </li>
          )
        })}
      </ul>
      {rules.quota_bytes < rules.used_bytes && (
        <Banner tone="warn"><Trans>That is less than the {used} in use now. Nothing is deleted, but nobody can send a file until enough has gone.</Trans></Banner>
      )}
      {rules.max_file_bytes > rules.quota_bytes && <Banner tone="warn"><Trans>One file of the largest size needs more room than there is for all.</Trans></Banner>}
    </section>
  )
}

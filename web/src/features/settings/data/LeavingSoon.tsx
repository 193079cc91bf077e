/** Messages, and what stays as long as they do, that are past their time within 14 days, while a copy can still be made of them. */
import { Trans, useLingui } from '@lingui/react/macro'
import { Download } from 'lucide-react'
import { links } from '~/shell/links'
import { useSlug } from '~/shell/routes'
import { useWords } from '~/shell/words'
import { ButtonLink } from '~/ui/Button'
import type { ShownKind } from './kinds'
import { useAmount } from './useAmount'
import styles from './data.module.css'

export function LeavingSoon({ kinds }: { kinds: readonly ShownKind[] }) {
  const { t } = useLingui()
  const slug = useSlug()
  const wordsOf = useWords()
  const amount = useAmount()
  const places = kinds.flatMap((kind) => kind.of.places).filter((place) => place.soon > 0)
  return (
    <section className={styles.soon} aria-label={t`Leaving soon`} data-none={places.length === 0 || undefined}>
      <h2>{t`Leaving soon`}</h2>
      {places.length === 0 ? (
        <p><Trans>No messages and files of yours are past their time within 14 days.</Trans></p>
      ) : (
        <>
          <p><Trans>Messages and files that are deleted within 14 days, because their time is over:</Trans></p>
          <ul>
            {places.map((place) => (
              <li key={place.id}>
                <span className="grow">{wordsOf(place.name)}</span>
                <span className="num">{amount(place.soon, place.certainty)}</span>
              </li>
            ))}
          </ul>
          <ButtonLink size="s" variant="ghost" icon={Download} href={links.settings(slug, 'privacy')}><Trans>Make a copy first</Trans></ButtonLink>
        </>
      )}
    </section>
  )
}

/** What is wrong with a file, line by line. */
import { msg } from '@lingui/core/macro'
import type { MessageDescriptor } from '@lingui/core'
import { Trans, useLingui } from '@lingui/react/macro'
import type { VcardProblem } from '~/api/types'
import { Banner } from '~/ui/Banner'
import styles from './contacts.module.css'

const WORDS: Record<string, MessageDescriptor> = {
  not_a_phone_number: msg`is no phone number`,
  not_an_email_address: msg`is no e-mail address`,
  is_empty: msg`is empty`,
  is_missing: msg`is missing`,
  is_too_long: msg`is too long`,
  too_many: msg`comes too often`,
  has_control_characters: msg`has invisible characters in it`,
  unknown_version: msg`is not 2.1, 3.0 or 4.0`,
  has_no_end: msg`begins a card that does not end`,
  before_the_end: msg`begins a card before the one before it ends`,
  without_a_beginning: msg`ends a card that did not begin`,
  outside_of_a_card: msg`stands outside of a card`,
  unknown_charset: msg`names an encoding nobody knows`,
  is_not_quoted_printable: msg`is cut off or spoilt: it is not quoted-printable`,
  is_not_in_its_charset: msg`is not in the encoding it names`,
  is_not_utf8: msg`is not UTF-8 text`,
}

/** As the members of a contact are called here; in a file the line names its own property. */
function useMemberNames(): Record<string, string> {
  const { t } = useLingui()
  return { name: t`Name`, phones: t({ message: 'Phone', context: 'of a contact' }), emails: t`E-mail`, company: t`Company`, position: t`Position`, note: t`Note` }
}

export function Problems({ problems, isPartial = false }: { problems: VcardProblem[]; isPartial?: boolean }) {
  const { t, i18n } = useLingui()
  const members = useMemberNames()
  return (
    <div className={styles.found} role="alert">
      <Banner tone={isPartial ? 'warn' : 'bad'}>{isPartial ? <Trans>Some things were left out.</Trans> : <Trans>Nothing was added. Mend these lines and choose the file again.</Trans>}</Banner>
      <ul className={styles.preview} aria-label={t`What is wrong`}>
        {problems.map((one, at) => {
          const why = i18n._(WORDS[one.why] ?? msg`is not a line of a vCard`)
          if (isPartial) {
            const member = members[one.field] ?? ''
            return <li key={at}>{t`Contact ${one.line}: ${member} ${why}`}</li>
          }
          const field = one.field === 'line' ? '' : one.field
          return <li key={at}>{t`Line ${one.line}: ${field} ${why}`}</li>
        })}
      </ul>
    </div>
  )
}

/** The password for one time becomes one of the operator's own. */
import { useQueryClient } from '@tanstack/react-query'
import { call } from '~/api/client'
import { OwnPassword } from '~/shell/OwnPassword'
import styles from './operator.module.css'
import { operatorSession, OUTSIDE } from './queries'

export function ChangePassword() {
  const queries = useQueryClient()
  return (
    <OwnPassword
      save={(body) => call('post', '/v1/operator/password', { body }, OUTSIDE)}
      onSaved={() => queries.refetchQueries({ queryKey: operatorSession().queryKey })}
      styles={{ form: styles.form, title: styles.title, lead: styles.quiet }}
    />
  )
}

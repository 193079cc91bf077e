/** The console: sign in, choose a password of one's own, look after organisations. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { PublicTitle } from '~/shell/PageTitle'
import { ChangePassword } from './ChangePassword'
import { ConsoleState } from './ConsoleState'
import { OperatorFrame } from './OperatorFrame'
import { OrganisationList } from './OrganisationList'
import { operatorSession, useEnd } from './queries'
import { SignIn } from './SignIn'

export function OperatorPage() {
  const { t } = useLingui()
  const found = useQuery(operatorSession())
  useEnd()
  return (
    <OperatorFrame name={found.data?.name ?? null}>
      <PublicTitle>{t`Operator's console`}</PublicTitle>
      <ConsoleState of={found}>
        {(session) => {
          if (session === null) return <SignIn />
          return session.must_change_password ? <ChangePassword /> : <OrganisationList />
        }}
      </ConsoleState>
    </OperatorFrame>
  )
}

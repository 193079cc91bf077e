/** The console: sign in, choose a password of one's own, look after organisations. */
import { useLingui } from '@lingui/react/macro'
import { useQuery } from '@tanstack/react-query'
import { PublicTitle } from '~/shell/PageTitle'
import { QueryState } from '~/shell/QueryState'
import { ChangePassword } from './ChangePassword'
import { OperatorFrame } from './OperatorFrame'
import { OrganisationList } from './OrganisationList'
import { operatorSession } from './queries'
import { SignIn } from './SignIn'

export function OperatorPage() {
  const { t } = useLingui()
  const found = useQuery(operatorSession())
  return (
    <OperatorFrame name={found.data?.name ?? null}>
      <PublicTitle>{t`Operator's console`}</PublicTitle>
      <QueryState of={found}>
        {(session) => {
          if (session === null) return <SignIn />
          return session.must_change_password ? <ChangePassword /> : <OrganisationList />
        }}
      </QueryState>
    </OperatorFrame>
  )
}

/** Around every page: language for the controls, links through the router, toasts. */
import { useLingui } from '@lingui/react'
import { Outlet, useRouter } from '@tanstack/react-router'
import { I18nProvider, RouterProvider } from 'react-aria-components'
import { Said } from '~/ui/say'
import { Toasts } from '~/ui/toast'

export function Root() {
  const router = useRouter()
  const { i18n } = useLingui()
  return (
    <I18nProvider locale={i18n.locale}>
      <RouterProvider navigate={(href) => void router.navigate({ href })} useHref={(href) => href}>
        <Outlet />
        <Toasts />
        <Said />
      </RouterProvider>
    </I18nProvider>
  )
}

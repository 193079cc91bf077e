/** Why a file could not be sent, in words. */
import { useLingui } from '@lingui/react/macro'
import { ApiError } from '~/api/error'
import { useProblemText } from '~/api/problems'
import { bytes } from '~/lib/dates'
import { useMessages } from '../context'
import { CHOOSE_AGAIN, STORE_AWAY } from './upload'

/** What the organisation has ruled: only who runs it can let such a file through. */
const RULED = new Set(['too_large', 'files.too_large', 'files.type_refused', 'files.quota_reached'])
export const isRuled = (code: string | null | undefined) => typeof code === 'string' && RULED.has(code)

/** Null when the code is not one of files. */
export function useUploadProblem(): (code: string) => string | null {
  const { t, i18n } = useLingui()
  const { uploads } = useMessages()
  const textOf = useProblemText()
  return (code) => {
    const most = Number.isFinite(uploads.mostBytes) ? bytes(uploads.mostBytes, i18n.locale) : null
    switch (code) {
      case 'too_large':
        return t`Larger than your organisation allows.`
      case 'files.too_large':
        return most === null ? t`Larger than your organisation allows.` : t`Larger than ${most}, the most your organisation allows.`
      case 'files.type_refused':
        return t`Your organisation does not allow files of this kind.`
      case 'files.quota_reached':
        return t`Your organisation’s space for files is full. An administrator can make room.`
      case 'files.no_space':
        return t`The server has no room left. Your IT can make some.`
      case STORE_AWAY:
        return t`Goes on by itself once the place where files are kept answers again.`
      case CHOOSE_AGAIN:
        return t`This page was reloaded before it was sent. Choose the file again to go on.`
      default:
        if (!code.startsWith('files.') && !code.startsWith('http.')) return null
        return textOf(new ApiError({ status: Number(code.split('.')[1]) || 500, code }))
    }
  }
}

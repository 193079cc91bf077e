/** Whether the server is out of reach, or there is no network at all. */
import { useOnline } from '~/lib/useOnline'
import { useLiveState } from './live'

/** A restart of the server or one lost attempt is not worth a word. */
const WORTH_SAYING = 2

export function useIsAway(): boolean {
  const { failures, status } = useLiveState()
  const isOnline = useOnline()
  return !isOnline || (status !== 'online' && failures >= WORTH_SAYING)
}

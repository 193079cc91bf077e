/** Whether the first messages of a conversation have been waited for long enough to say so. */
import { useEffect, useState } from 'react'

const PATIENCE_MS = 10_000

export function useOpenFailed(id: string, isLoaded: boolean): boolean {
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    if (isLoaded) return
    const timer = setTimeout(() => setFailed(id), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [id, isLoaded])
  return failed === id
}

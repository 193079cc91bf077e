/** Showing one's contact code and scanning a colleague's: an application of its own, also where contacts are off (QR-01). */
import { Trans } from '@lingui/react/macro'
import { QrCode, ScanLine } from 'lucide-react'
import { useState } from 'react'
import { useIsOn } from '~/shell/applications'
import { Button } from '~/ui/Button'
import { CodeDialog } from './CodeDialog'
import { ScanDialog } from './ScanDialog'
import { hasCamera } from './scan'

export function CodeActs() {
  const hasCodes = useIsOn()('contact_codes')
  const [asking, setAsking] = useState<'code' | 'scan' | null>(null)
  const close = () => setAsking(null)
  if (!hasCodes) return null
  return (
    <>
      <Button icon={QrCode} onPress={() => setAsking('code')}><Trans>My contact code</Trans></Button>
      {hasCamera() && <Button icon={ScanLine} onPress={() => setAsking('scan')}><Trans>Scan a code</Trans></Button>}
      {asking === 'code' && <CodeDialog onClose={close} />}
      {asking === 'scan' && <ScanDialog onClose={close} />}
    </>
  )
}
